import { expect, test } from "vitest";
import { createPorts } from "./ports-from-environment.ts";

test("local ports need to know the world", () => {
  expect(() => createPorts({})).toThrow("STEPWRIGHT_WORLD is absent; wanted the folder of a payment world.");
  expect(createPorts({ STEPWRIGHT_WORLD: "world", FAILURE_MODE: "throw" }).failureMode).toBe("throw");
  expect(createPorts({ RETRAIN_PROFILE: "local", STEPWRIGHT_WORLD: "world" }).failureMode).toBe("isolate");
});

test("another profile is refused by name", () => {
  expect(() => createPorts({ RETRAIN_PROFILE: "aws" })).toThrow(
    "the adapters for AWS are not there yet; wanted local.",
  );
  expect(() => createPorts({ RETRAIN_PROFILE: "constructor" })).toThrow(
    'RETRAIN_PROFILE is "constructor"; wanted local or aws.',
  );
});
