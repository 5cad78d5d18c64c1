/** A call that TestState refuses, with the exception's name of the API. A state that fails is a response instead. */
export class TestStateRefusal extends Error {
  override readonly name: "ValidationException" | "InvalidDefinition" | "InvalidExecutionInput";

  constructor(name: TestStateRefusal["name"], message: string) {
    super(message);
    this.name = name;
  }
}

export function invalid(message: string): TestStateRefusal {
  return new TestStateRefusal("ValidationException", message);
}
