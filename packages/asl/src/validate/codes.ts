/**
 * The diagnostic codes: what each one means and who gives it. A code is stable; a message may be reworded.
 * AWS documents its own in
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html.
 */
export interface CodeTraits {
  readonly severity: "ERROR" | "WARNING";
  /** `AWS`: the service answers with this code too. */
  readonly origin: "AWS" | "Stepwright";
  readonly help: string;
}

const refused = (help: string): CodeTraits => ({ severity: "ERROR", origin: "AWS", help });
const warned = (help: string): CodeTraits => ({ severity: "WARNING", origin: "AWS", help });
const advised = (help: string): CodeTraits => ({ severity: "WARNING", origin: "Stepwright", help });

export const diagnosticCodes = {
  INVALID_JSON_DESCRIPTION: refused("The text is not JSON. The message names the place and what was wanted there."),
  SCHEMA_VALIDATION_FAILED: refused("A field is missing, unknown, of the wrong type or out of its range."),
  MISSING_TRANSITION_TARGET: refused(
    "StartAt, Next or Default names a state that its own States block does not hold, or no transition leads to a state.",
  ),
  MISSING_END_STATE: refused("No state of the machine ends it: give one End, or add a Succeed or Fail state."),
  DUPLICATE_STATE_NAME: refused(
    "Two states have one name; names are unique over the whole machine, nested states included.",
  ),
  INVALID_STATE_NAME: refused("A state's name is longer than 80 characters."),
  DUPLICATE_LABEL_NAME: refused("Two Map states have the same Label."),
  INVALID_LABEL_NAME: refused("A Map's Label is empty, longer than 40 characters, or holds a forbidden character."),
  TOO_DEEPLY_NESTED: refused("The definition nests more objects and lists than the service reads."),
  INVALID_VARIABLE_NAME: refused("Assign names a variable that is no identifier or is longer than 80 characters."),
  RESERVED_VARIABLE_NAME: refused("Assign names the variable that the service itself sets."),
  INVALID_JSONATA_EXPRESSION: refused("The text between {% and %} is not JSONata."),
  UNSUPPORTED_JSONATA_EXPRESSION: refused("The expression uses a part of JSONata that Step Functions does not have."),
  NO_DOLLAR: warned("The value looks like a path, but without .$ at the end of its key it is taken as text."),
  NO_PATH: warned("The value looks like a path, but the field's name does not end with Path, so it is taken as text."),
  PASS_RESULT_IS_STATIC: warned("Result is taken as it stands: a key that ends with .$ in it is not evaluated."),

  DEFINITION_LIMIT_EXCEEDED: {
    severity: "ERROR",
    origin: "Stepwright",
    help: "The text is longer than the service takes; it refuses the call before it looks at the definition.",
  },
  DUPLICATE_FIELD: advised("A key stands twice in one object; only its last value counts."),
  UNREACHABLE_RETRIER: advised(
    "Every error that the Retrier names is taken by an earlier one, or can never be retried.",
  ),
  UNREACHABLE_CATCHER: advised(
    "Every error that the Catcher names is taken by an earlier one, or can never be caught.",
  ),
  UNKNOWN_ERROR_NAME: advised("The name begins with States. but is none of the service's, so it matches nothing."),
  HEARTBEAT_NOT_BELOW_TIMEOUT: advised("The timeout always comes first, so a missed heartbeat is never noticed."),
  DISTRIBUTED_ONLY_FIELD: advised("The field has no effect on a Map in INLINE mode."),
  HISTORY_LIMIT_EXCEEDED: advised(
    "The Map's items produce more events than one execution may have; use DISTRIBUTED mode.",
  ),
  PAYLOAD_LIMIT_EXCEEDED: advised("The state produces more data than may pass from one state to the next."),
} as const satisfies Readonly<Record<string, CodeTraits>>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
