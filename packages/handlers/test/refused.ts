/** What the scripted AWS refuses, as its clients shall see it. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: string, message = code, status = 400) {
    super(message);
    this.refusal = { status, code, message };
  }
}
