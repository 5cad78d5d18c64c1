import { expect, test } from "vitest";
import { isCardNumber, maskedDigits } from "./card-number.ts";

// The numbers are those that card schemes publish for tests.
test.each(["4111111111111111", "card 4111 1111 1111 1111 thanks", "5500-0000-0000-0004", "378282246310005"])(
  "finds a card number in %j",
  (text) => expect(isCardNumber(text)).toBe(true),
);

test.each([
  "4111111111111112",
  "order 1234567890123",
  "411111111111",
  "41111111111111111111",
  "4111 then 111111111111",
  "",
])("finds none in %j", (text) => expect(isCardNumber(text)).toBe(false));

test("never repeats the number", () => {
  expect(maskedDigits("card 4111 1111 1111 1111")).toBe("16 digits beginning with 4");
});
