import { expect, test } from "vitest";
import { forbiddenCharacterIn, forbiddenLabelCharacterIn, isValidAliasName, isValidName } from "./name.ts";

test("names are 1 to 80 characters without blanks and special characters", () => {
  expect(isValidName("retrain_2026-11.é")).toBe(true);
  expect(isValidName("😀".repeat(80))).toBe(true);
  for (const name of ["", "a".repeat(81), "a b", "a:b", "a/b", "a\u0000", "a\ud800", "a\uffff"])
    expect(isValidName(name)).toBe(false);
  expect(forbiddenCharacterIn("a#b<")).toBe("#");
});

test("an alias is no number", () => {
  expect(isValidAliasName("v12")).toBe(true);
  expect(isValidAliasName("12")).toBe(false);
});

test("labels forbid their own set of characters", () => {
  expect(forbiddenLabelCharacterIn("a~b")).toBe("~");
  expect(forbiddenLabelCharacterIn("a/b")).toBeUndefined();
});
