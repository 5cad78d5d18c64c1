/** A type in place of a schema. */
import type { StandardSchemaV1 } from "@standard-schema/spec";

const vendor = "stepwright";

/**
 * A Standard Schema that says a type and checks nothing, where a schema is wanted and plain types suffice.
 * @example machine("Greet", { input: plain<{ name: string }>() })
 */
export function plain<Type>(): StandardSchemaV1<Type> {
  return { "~standard": { version: 1, vendor, validate: (value) => ({ value: value as Type }) } };
}

/** @internal Whether the schema is a bare type, of which nothing is known at run time. */
export function isPlain(schema: StandardSchemaV1): boolean {
  return schema["~standard"].vendor === vendor;
}
