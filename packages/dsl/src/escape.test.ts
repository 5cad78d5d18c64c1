import { expect, test } from "vitest";
import { aslRule, build, defineTask, machine, plain, untyped } from "./index.ts";

const input = plain<unknown>();
const tell = defineTask<unknown, null>("Tell");

test("fields without an option are given as ASL, in every state and in the machine", () => {
  const { definition, diagnostics } = build(
    machine("Escape", { input, asl: { Version: "1.0" } })
      .pass("Start", { result: { a: 1 }, resultPath: "$.start", asl: { OutputPath: "$.start" } })
      .task("Tell", tell, {
        parameters: (s) => ({ first: untyped(s.input, "list", 0, "then") }),
        asl: { TimeoutSeconds: 5 },
      }),
  );
  expect(diagnostics).toEqual([]);
  expect(definition).toEqual({
    Version: "1.0",
    StartAt: "Start",
    States: {
      Start: { Type: "Pass", Result: { a: 1 }, ResultPath: "$.start", OutputPath: "$.start", Next: "Tell" },
      Tell: {
        Type: "Task",
        Resource: "${TellFunctionArn}",
        Parameters: { "first.$": "$.list[0].then" },
        TimeoutSeconds: 5,
        End: true,
      },
    },
  });
});

test("a way may end the graph where the chain goes on", () => {
  const { definition, diagnostics } = build(
    machine("End", { input })
      .task("Try", tell, { catch: (errors) => errors.on(["States.ALL"], {}, (flow) => flow.pass("Note").end()) })
      .pass("Go on"),
  );
  expect(diagnostics).toEqual([]);
  expect(definition.States).toMatchObject({ Note: { Type: "Pass", End: true }, Try: { Next: "Go on" } });
});

test("an exhaustive Choice has no Default, and a rule may be ASL", () => {
  const rule = { Variable: "$.scores[-1:]", IsPresent: false, Comment: "none" };
  const { definition, diagnostics } = build(
    machine("Choose", { input }).choice("Which?", (choose) =>
      choose
        .when(
          () => aslRule(rule),
          (flow) => flow.succeed("Done"),
        )
        .exhaustive(),
    ),
  );
  expect(diagnostics).toEqual([]);
  expect(definition.States).toEqual({
    "Which?": { Type: "Choice", Choices: [{ ...rule, Next: "Done" }] },
    Done: { Type: "Succeed" },
  });
});

test("a Map's processor keeps the name and the fields that were given as ASL", () => {
  const { definition } = build(
    machine("Old", { input }).map(
      "Each",
      { items: (s) => untyped(s.input), asl: { Iterator: { Comment: "old" } } },
      (item) => item.pass("One"),
    ),
  );
  expect(definition.States["Each"]).toEqual({
    Type: "Map",
    Iterator: { Comment: "old", StartAt: "One", States: { One: { Type: "Pass", End: true } } },
    End: true,
  });
});
