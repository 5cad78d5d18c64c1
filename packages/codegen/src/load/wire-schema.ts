/**
 * The JSON Schema of one side of a task contract, asked of the contract's own schema library through
 * Standard JSON Schema (https://standardschema.dev/json-schema). Validates nothing itself.
 */
import type { JsonObject } from "@stepwright/asl";
import type { WireSchema } from "./loaded-project.ts";

interface JsonSchemaConverter {
  input(options: ConverterOptions): Record<string, unknown>;
  output(options: ConverterOptions): Record<string, unknown>;
}

interface ConverterOptions {
  readonly target: "draft-2020-12";
  readonly libraryOptions?: Record<string, unknown>;
}

/** @throws what the library throws for a type that has no JSON form, such as a bigint */
export function wireSchemaOf(schema: unknown, side: "input" | "output"): WireSchema {
  const standard = (schema as { readonly "~standard"?: StandardPart } | undefined)?.["~standard"];
  if (standard === undefined || standard.vendor === "stepwright") {
    return { unknownBecause: "the contract gives a plain type and no schema", isPlainType: true };
  }
  if (standard.jsonSchema === undefined) {
    return { unknownBecause: `${standard.vendor} gives no Standard JSON Schema` };
  }
  const options = Object.hasOwn(libraryOptions, standard.vendor) ? libraryOptions[standard.vendor] : undefined;
  const converted = standard.jsonSchema[side]({
    target: "draft-2020-12",
    ...(options === undefined ? {} : { libraryOptions: options }),
  });
  const { $schema: _dialect, ...jsonSchema } = converted as JsonObject;
  return { schema: jsonSchema };
}

interface StandardPart {
  readonly vendor: string;
  readonly jsonSchema?: JsonSchemaConverter;
}

interface ZodOverride {
  readonly zodSchema: { readonly _zod: { readonly def: { readonly type: string } } };
  readonly jsonSchema: Record<string, unknown>;
}

/** What a library must be told so that its answer describes the wire: `JSON.stringify` makes a Date a string. */
const libraryOptions: Readonly<Record<string, Record<string, unknown>>> = {
  zod: {
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }: ZodOverride) {
      // oxlint-disable-next-line no-underscore-dangle -- zod's own name
      const { type } = zodSchema._zod.def;
      if (type === "date") {
        Object.assign(jsonSchema, { type: "string", format: "date-time" });
      } else if (neverOnTheWire.has(type)) {
        throw new TypeError(`a ${type} has no JSON form; wanted a type that JSON can carry`);
      }
    },
  },
};

const neverOnTheWire = new Set(["bigint", "symbol", "undefined", "void", "map", "set", "function", "nan"]);
