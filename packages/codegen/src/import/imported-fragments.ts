/**
 * Repeated runs as fragments: functions from flow to flow whose parameters are the texts in which the repetitions
 * differ. A fragment asks for the data that its states read; where a repetition does not have it, all stay written out.
 */
import type { QueryLanguage } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { call, chain, isIdentifier, printCode, sequence } from "./code.ts";
import { camelCase, unused } from "./identifiers.ts";
import type { OpenPlace } from "./place.ts";
import { meets, openPlace, seal, typeOf } from "./place.ts";
import type { RepeatedRun, RunParameter } from "./repeated-runs.ts";
import { markPattern } from "./repeated-runs.ts";
import type { ImportedChain, UseFragment } from "./step-options.ts";

export interface FragmentRegistry {
  readonly use: UseFragment;
  /** Runs that do not pay or fit; to be left out of the next attempt. */
  readonly refused: ReadonlySet<RepeatedRun>;
  /** Statements, one a fragment. */
  print(): readonly string[];
}

interface Fragment {
  readonly identifier: string;
  readonly parameters: readonly (RunParameter & { readonly name: string })[];
  readonly needed: OpenPlace;
  readonly imported: ImportedChain;
}

/** @param isTaken  whether the module uses an identifier for something else */
export function createFragmentRegistry(
  runs: readonly RepeatedRun[],
  language: QueryLanguage,
  isTaken: (identifier: string) => boolean,
): FragmentRegistry {
  const starts = new Map(runs.flatMap((run) => run.uses.map((steps, use) => [steps[0], { run, use }] as const)));
  const fragments = new Map<RepeatedRun, Fragment>();
  const refused = new Set<RepeatedRun>();
  const identifiers = new Set<string>();
  return {
    refused,
    use(step, from, importSteps) {
      const start = starts.get(step);
      if (start === undefined || refused.has(start.run)) return undefined;
      const { run, use } = start;
      const fragment =
        fragments.get(run) ?? create(run, (needed) => importSteps(run.pattern, { place: needed, vars: new Map() }));
      fragments.set(run, fragment);
      // A fragment sees no variables.
      if (from.vars.size > 0 || !pays(run, fragment) || !meets(from.place, fragment.needed)) {
        refused.add(run);
        return undefined;
      }
      const given = fragment.parameters.map(({ texts }) => JSON.stringify(texts[use]));
      return {
        code: call(".pipe", [call(fragment.identifier, given)]),
        flowing: fragment.imported.flowing,
        length: run.pattern.length,
      };
    },
    print: () => [...fragments.values()].map((fragment) => `\n${printFragment(fragment, language)}\n`),
  };

  function create(run: RepeatedRun, importFrom: (needed: OpenPlace) => ImportedChain): Fragment {
    const needed = openPlace();
    const imported = importFrom(needed);
    seal(needed);
    const words = run.pattern.map(({ name }) => camelCase(name.replaceAll(markPattern, " ")));
    const identifier = unused(
      `${words.find((word) => word !== "") ?? "repeated"}Steps`,
      (name) => isTaken(name) || identifiers.has(name),
    );
    identifiers.add(identifier);
    const names = new Set<string>();
    const parameters = run.parameters.map((parameter) => {
      const wanted = camelCase(parameter.key ?? "name");
      const name = unused(
        isIdentifier(wanted) && wanted.length > 1 ? wanted : "text",
        (each) => isTaken(each) || names.has(each),
      );
      names.add(name);
      return { ...parameter, name };
    });
    return { identifier, parameters, needed, imported };
  }
}

/** Whether reading and writing it is less than what it stands for. */
function pays({ uses }: RepeatedRun, { imported }: Fragment): boolean {
  const lines = printCode(chain("flow", imported.calls)).split("\n").length;
  return (uses.length - 1) * lines >= uses.length + 6;
}

function printFragment({ identifier, parameters, needed, imported }: Fragment, language: QueryLanguage): string {
  const names = parameters.map(({ name }) => name);
  const declared = parameters.map(({ name, key, texts }) =>
    // Exact where it makes names of states, which must stay different from one another.
    key === undefined ? `${name}: ${texts.map((text) => JSON.stringify(text)).join(" | ")}` : `${name}: string`,
  );
  const flowType = language === "JSONata" ? "JsonataFlow" : "PathFlow";
  return printCode(
    sequence(
      { kind: "list", open: `const ${identifier} = (`, items: declared, close: ") => " },
      { kind: "list", open: `(flow: ${flowType}<`, items: [typeOf(needed, true)], close: ">) => ", bare: true },
      chain(
        "flow",
        imported.calls.map((each) => withParameters(each, names)),
      ),
      ";",
    ),
  );
}

/** Texts with marks become templates of the parameters. */
function withParameters(code: Code, names: readonly string[]): Code {
  if (typeof code === "string") return code.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => template(text, names));
  if (code.kind === "sequence") {
    const parts = code.parts.map((part) => withParameters(part, names));
    const [key, value] = parts;
    const isShorthand = typeof value === "string" && names.includes(value) && key === `${value}: `;
    return isShorthand ? value : { ...code, parts };
  }
  if (code.kind === "list") {
    const open = withParameters(code.open, names) as string;
    return { ...code, open, items: code.items.map((item) => withParameters(item, names)) };
  }
  return {
    ...code,
    base: withParameters(code.base, names),
    calls: code.calls.map((each) => withParameters(each, names)),
  };
}

/** @param text  a string literal */
function template(text: string, names: readonly string[]): string {
  const parts = text.slice(1, -1).split(markPattern);
  if (parts.length === 1) return text;
  const nameOf = (index: string | undefined) => names[Number(index)] ?? "";
  if (parts.length === 3 && parts[0] === "" && parts[2] === "") return nameOf(parts[1]);
  const written = parts.map((part, index) =>
    index % 2 === 1
      ? `\${${nameOf(part)}}`
      : part
          .replaceAll(String.raw`\"`, '"')
          .replaceAll("`", "\\`")
          .replaceAll("${", "\\${"),
  );
  return `\`${written.join("")}\``;
}
