import { expect, test } from "vitest";
import { differingPart } from "./differing-part.ts";

test.each([
  [["Job 1", "Job 2"], "Job ", ["1", "2"], ""],
  [["Process1 Failure", "Process2 Failure"], "Process", ["1", "2"], " Failure"],
  [["Wait", "Wait (2)"], "Wait", ["", " (2)"], ""],
  [["Run Criminal Check", "Run Financial Check"], "Run ", ["Criminal", "Financial"], " Check"],
  [["TellBuyer", "TellSeller"], "Tell", ["Buyer", "Seller"], ""],
  [["Charge", "Ship"], "", ["Charge", "Ship"], ""],
  [["aa", "aaa"], "", ["aa", "aaa"], ""],
])("%j", (names, before, parts, after) => {
  expect(differingPart(names)).toEqual({ before, parts, after });
});
