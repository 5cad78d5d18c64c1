/** Finding card numbers (PAN) in text: 13 to 19 digits, perhaps in groups, with Luhn's check digit (ISO/IEC 7812-1). */

export function isCardNumber(text: string): boolean {
  return digitRuns(text).some((digits) => digits.length >= 13 && digits.length <= 19 && hasLuhnCheckDigit(digits));
}

/** What kind of thing was found where, without telling it. */
export function maskedDigits(text: string): string {
  const digits = digitRuns(text).find((run) => run.length >= 13) ?? "";
  return `${digits.length} digits beginning with ${digits.slice(0, 1)}`;
}

function digitRuns(text: string): readonly string[] {
  return (text.match(/\d(?:[ -]?\d)*/g) ?? []).map((run) => run.replaceAll(/\D/g, ""));
}

function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
