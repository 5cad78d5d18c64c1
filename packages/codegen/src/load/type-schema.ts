/**
 * A TypeScript type as the JSON Schema (2020-12) of what it is on the wire: what `JSON.stringify` makes of a value of
 * the type. Says what types say and no more; it knows no patterns and no bounds.
 */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { ts } from "ts-morph";

/** @throws TypeError for what has no JSON form, such as a bigint; it names the member */
export function schemaOfType(type: ts.Type, program: ts.Program, at: ts.Node): JsonObject {
  const definitions = new Map<string, JsonObject | undefined>();
  const schema = printer(program, at, definitions).schemaOf(type, "");
  const named = [...definitions].flatMap(([name, each]) => (each === undefined ? [] : [[name, each] as const]));
  return named.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(named) };
}

function printer(program: ts.Program, at: ts.Node, definitions: Map<string, JsonObject | undefined>) {
  const checker = program.getTypeChecker();
  const open: ts.Type[] = [];
  const names = new Map<ts.Type, string>();
  return { schemaOf };

  function schemaOf(type: ts.Type, place: string): JsonObject {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.Never) return { not: {} };
    if (flags & ts.TypeFlags.Null) return { type: "null" };
    if (type.isUnion()) return schemaOfUnion(type, place);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === "true" };
    if (flags & ts.TypeFlags.StringLike) return { type: "string" };
    if (flags & ts.TypeFlags.NumberLike) return { type: "number" };
    if (flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
    if (type.isIntersection()) {
      // A branded string is a string.
      const primitive = type.types.find((part) => part.flags & primitives);
      if (primitive !== undefined) return schemaOf(primitive, place);
    }
    const unfit = unfitKind(type);
    if (unfit !== undefined) {
      const where = place === "" ? "it" : place;
      throw new TypeError(`${where} is ${unfit}, which has no JSON form; wanted a type that JSON can carry`);
    }
    return flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) ? schemaOfObject(type, place) : {};
  }

  function schemaOfUnion({ types }: ts.UnionType, place: string): JsonObject {
    const parts = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const literals = parts.flatMap((part) => (part.isStringLiteral() || part.isNumberLiteral() ? [part.value] : []));
    const isBoolean = parts.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const others = parts
      .filter((part) => !part.isStringLiteral() && !part.isNumberLiteral())
      .filter(({ flags }) => !(isBoolean && flags & ts.TypeFlags.BooleanLiteral));
    const schemas = [
      ...(literals.length === 0 ? [] : [literals.length === 1 ? { const: literals[0] ?? null } : { enum: literals }]),
      ...(isBoolean ? [{ type: "boolean" }] : []),
      ...others.filter((part) => !isNull(part)).map((part) => schemaOf(part, place)),
      ...(others.some(isNull) ? [{ type: "null" }] : []),
    ];
    const [only = {}] = schemas;
    return schemas.length === 1 ? only : { anyOf: schemas };
  }

  function schemaOfObject(type: ts.Type, place: string): JsonObject {
    const toJson = type.getProperty("toJSON");
    const signature = toJson && checker.getTypeOfSymbolAtLocation(toJson, at).getCallSignatures()[0];
    if (signature !== undefined) {
      return type.symbol.name === "Date"
        ? { type: "string", format: "date-time" }
        : schemaOf(checker.getReturnTypeOfSignature(signature), place);
    }
    const name = nameOf(type);
    // The root is the contract's own input or output and has its name.
    if (name !== undefined && open.length > 0) {
      if (!definitions.has(name)) {
        definitions.set(name, undefined);
        definitions.set(name, structureOf(type, place));
      }
      return { $ref: `#/$defs/${name}` };
    }
    if (open.includes(type)) return {};
    return structureOf(type, place);
  }

  function structureOf(type: ts.Type, place: string): JsonObject {
    open.push(type);
    try {
      if (checker.isTupleType(type)) return schemaOfTuple(type as ts.TupleTypeReference, place);
      if (checker.isArrayType(type)) {
        const [element] = checker.getTypeArguments(type as ts.TypeReference);
        return { type: "array", items: element === undefined ? {} : schemaOf(element, `${place}[]`) };
      }
      return schemaOfMembers(type, place);
    } finally {
      open.pop();
    }
  }

  function schemaOfTuple(type: ts.TupleTypeReference, place: string): JsonObject {
    const { elementFlags, minLength } = type.target;
    const elements = checker.getTypeArguments(type).map((each, index) => schemaOf(each, `${place}[${index}]`));
    const rest = elementFlags.findIndex((flag) => flag & ts.ElementFlags.Variable);
    const first = rest === -1 ? elements : elements.slice(0, rest);
    return { type: "array", prefixItems: first, items: elements[first.length] ?? false, minItems: minLength };
  }

  function schemaOfMembers(type: ts.Type, place: string): JsonObject {
    const members = checker
      .getPropertiesOfType(type)
      .filter(({ name }) => !name.startsWith("__@"))
      .flatMap((symbol) => {
        const member = checker.getTypeOfSymbolAtLocation(symbol, at);
        const mayBeAbsent =
          Boolean(symbol.flags & ts.SymbolFlags.Optional) ||
          Boolean(member.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any | ts.TypeFlags.Undefined)) ||
          (member.isUnion() && member.types.some(({ flags }) => flags & ts.TypeFlags.Undefined));
        if (member.flags & ts.TypeFlags.Undefined) return [];
        const inside = place === "" ? symbol.name : `${place}.${symbol.name}`;
        const description = ts.displayPartsToString(symbol.getDocumentationComment(checker));
        const schema = schemaOf(member, inside);
        return [{ name: symbol.name, mayBeAbsent, schema: description === "" ? schema : { ...schema, description } }];
      });
    const index = type.getStringIndexType();
    const required = members.filter(({ mayBeAbsent }) => !mayBeAbsent).map(({ name }) => name);
    return {
      type: "object",
      ...(members.length === 0
        ? {}
        : { properties: Object.fromEntries(members.map(({ name, schema }): [string, JsonValue] => [name, schema])) }),
      ...(required.length === 0 ? {} : { required }),
      ...(index === undefined ? {} : { additionalProperties: schemaOf(index, `${place}.*`) }),
    };
  }

  /** The author's name for an object, made different from the others'. */
  function nameOf(type: ts.Type): string | undefined {
    const known = names.get(type);
    if (known !== undefined) return known;
    const symbol = type.aliasSymbol ?? type.symbol;
    const written = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    const isNamed = symbol !== undefined && !symbol.name.startsWith("__") && /^[\w<>, ]+$/.test(written);
    if (!isNamed || isOfLibrary(symbol)) return undefined;
    const wanted = written.replaceAll(/\W+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
    const taken = new Set(names.values());
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
    names.set(type, name);
    return name;
  }

  /** `Record`, `Partial` and their like say how a type is made, not what it is. */
  function isOfLibrary({ declarations }: ts.Symbol): boolean {
    return Boolean(declarations?.some((each) => program.isSourceFileDefaultLibrary(each.getSourceFile())));
  }
}

function isNull({ flags }: ts.Type): boolean {
  return Boolean(flags & ts.TypeFlags.Null);
}

const primitives = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.Null;

function unfitKind(type: ts.Type): string | undefined {
  if (type.flags & ts.TypeFlags.BigIntLike) return "a bigint";
  if (type.flags & ts.TypeFlags.ESSymbolLike) return "a symbol";
  if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return "undefined";
  if (type.getCallSignatures().length > 0) return "a function";
  const name = type.flags & ts.TypeFlags.Object ? type.symbol?.name : undefined;
  return name !== undefined && emptyInJson.has(name) ? `a ${name}` : undefined;
}

/** `JSON.stringify` makes `{}` of them. */
const emptyInJson: ReadonlySet<string> = new Set(["Map", "Set", "ReadonlyMap", "ReadonlySet", "WeakMap", "WeakSet"]);
