/** TypeScript as a tree that knows how to break its lines: flat where it fits, else one part a line. */

export type Code =
  | string
  /** `open`, items between separators, `close`. `hug` keeps the last item on the opening line, as a call does its callback. */
  | {
      readonly kind: "list";
      readonly open: string;
      readonly items: readonly Code[];
      readonly close: string;
      readonly hug?: true;
      /** `,` when absent; a type's members have `;`. */
      readonly separator?: ";";
      /** Type arguments take no separator behind the last one. */
      readonly bare?: true;
    }
  | { readonly kind: "sequence"; readonly parts: readonly Code[] }
  /** A value and the method calls on it; from the second call on, each call has its own line. */
  | { readonly kind: "chain"; readonly base: Code; readonly calls: readonly Code[] };

const width = 120;

/** @param indent  of the line that the code begins on, in spaces */
export function printCode(code: Code, indent = 0): string {
  return print(code, indent, indent);
}

export function list(open: string, items: readonly Code[], close: string): Code {
  return { kind: "list", open, items, close };
}

export function call(callee: string, items: readonly Code[]): Code {
  return { kind: "list", open: `${callee}(`, items, close: ")", hug: true };
}

export function sequence(...parts: readonly Code[]): Code {
  return { kind: "sequence", parts };
}

export function chain(base: Code, calls: readonly Code[]): Code {
  return calls.length === 0 ? base : { kind: "chain", base, calls };
}

/** An object literal; no braces with inner spaces when it is empty. */
export function objectLiteral(members: readonly (readonly [key: string, value: Code])[]): Code {
  if (members.length === 0) return "{}";
  return list(
    "{ ",
    members.map(([key, value]) => (key === value ? key : sequence(`${propertyKey(key)}: `, value))),
    " }",
  );
}

/** A literal `__proto__: x` would set the prototype. */
function propertyKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return isIdentifier(key) ? key : JSON.stringify(key);
}

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** @param column  where the code begins on its line */
function print(code: Code, indent: number, column: number): string {
  if (typeof code === "string") return code;
  const flat = printFlat(code);
  if (flat !== undefined && column + flat.length <= width) return flat;
  if (code.kind === "sequence") return printSequence(code.parts, indent, column);
  if (code.kind === "chain") return printChain(code.base, code.calls, indent, column);
  const { open, items, close, hug, separator = ",", bare } = code;
  const last = items.at(-1);
  if (hug && last !== undefined && canHug(last)) {
    const before = items.slice(0, -1).map(printFlat);
    if (before.every((text) => text !== undefined)) {
      const head = [open, ...before.map((text) => `${text}, `)].join("");
      if (column + head.length + 12 <= width) return `${head}${print(last, indent, column + head.length)}${close}`;
    }
  }
  const inner = " ".repeat(indent + 2);
  // A comma that follows is part of the last line's width.
  const lines = items.map((item) => `${inner}${print(item, indent + 2, indent + 3)}`);
  const end = bare ? "" : separator;
  return `${open.trimEnd()}\n${lines.join(`${separator}\n`)}${end}\n${" ".repeat(indent)}${close.trimStart()}`;
}

function canHug(code: Code): boolean {
  if (typeof code === "string") return false;
  if (code.kind === "list") return true;
  return code.kind === "sequence" && code.parts.some((part) => typeof part !== "string");
}

function printSequence(parts: readonly Code[], indent: number, column: number): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    const lastLine = text.slice(text.lastIndexOf("\n") + 1);
    const start = text.includes("\n") ? lastLine.length : column + text.length;
    // What follows stands on the part's last line and wants its room there.
    const following = parts[index + 1];
    text += print(part, indent, start + (typeof following === "string" ? following.length : 0));
  }
  return text;
}

function printChain(base: Code, calls: readonly Code[], indent: number, column: number): string {
  const [only] = calls;
  const start = print(base, indent, column);
  if (calls.length === 1 && only !== undefined) {
    const [firstLine = ""] = print(only, indent, column + start.length).split("\n");
    if (!start.includes("\n") && column + start.length + firstLine.length <= width) {
      return `${start}${print(only, indent, column + start.length)}`;
    }
  }
  const inner = " ".repeat(indent + 2);
  return start + calls.map((each) => `\n${inner}${print(each, indent + 2, indent + 2)}`).join("");
}

/** @returns `undefined` for what needs several lines */
function printFlat(code: Code): string | undefined {
  if (typeof code === "string") return code.includes("\n") ? undefined : code;
  if (code.kind === "list") {
    const items = code.items.map(printFlat);
    return items.includes(undefined)
      ? undefined
      : `${code.open}${items.join(`${code.separator ?? ","} `)}${code.close}`;
  }
  // A chain of several calls reads better on several lines.
  if (code.kind === "chain" && code.calls.length > 2) return undefined;
  const parts = (code.kind === "chain" ? [code.base, ...code.calls] : code.parts).map(printFlat);
  return parts.includes(undefined) ? undefined : parts.join("");
}
