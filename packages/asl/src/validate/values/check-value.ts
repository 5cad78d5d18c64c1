/** What a check of one value gets. */
import type { QueryLanguage } from "../../definition.ts";
import type { FieldValue, ShapeName } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import type { Place } from "../../place.ts";
import type { Report } from "../report.ts";

export interface ValueContext {
  /** The nearest described object around the value … */
  readonly shape: ShapeName;
  /** … and the field of it that holds the value. */
  readonly name: string;
  readonly place: Place | undefined;
  /** In force for the state that holds the value. */
  readonly language: QueryLanguage;
  readonly machineLanguage: QueryLanguage;
  readonly report: Report;
}

export type CheckValue<Kind extends FieldValue["kind"] = FieldValue["kind"]> = (
  value: JsonValue,
  wanted: FieldValue & { readonly kind: Kind },
  context: ValueContext,
) => void;
