import { describe, expect, test } from "vitest";
import { parseOptions, UsageError } from "./options.ts";

describe("parseOptions", () => {
  test("runs one month of every model when nothing is said", () => {
    expect(parseOptions([])).toEqual({
      months: 1,
      chaos: false,
      models: [],
      inputFile: undefined,
      reset: false,
      serve: false,
      help: false,
    });
  });

  test("takes a list of models, each once", () => {
    expect(parseOptions(["--models", "card-fraud, auth-decline,card-fraud"]).models).toEqual([
      "card-fraud",
      "auth-decline",
    ]);
  });

  test.each([
    [["--months", "0"], /--months: found "0", wanted a whole number from 1 to 3/],
    [["--months", "2.5"], /found "2.5"/],
    [["--months", "many"], /found "many"/],
    [["--models", " , "], /--models: found " , "/],
    [["--mnths", "2"], /--mnths/],
    [["extra"], /extra/],
  ])("refuses %j and says why", (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });
});
