/** ARNs of Step Functions' own things, parsed and made. Malformed text gives `undefined`, never an exception. */

export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly service: string;
  /** Empty in the ARNs of service integrations. */
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

// Accounts have twelve digits, but the guides' own examples do not always, and the service accepts those.
const arnPattern = /^arn:(aws[a-zA-Z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):(\d*|aws):(\S+)$/;

export function parseArn(text: string): Arn | undefined {
  const match = arnPattern.exec(text);
  if (match === null) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  return { partition, service, region, account, resource };
}

export function printArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Where ARNs are made: one account in one region of one partition. */
export interface ArnHome {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export type StatesArn = ArnHome &
  (
    | { readonly kind: "stateMachine"; readonly name: string; readonly label?: string }
    | { readonly kind: "version"; readonly name: string; readonly version: number }
    | { readonly kind: "alias"; readonly name: string; readonly alias: string }
    | {
        readonly kind: "execution";
        readonly stateMachine: string;
        /** Of the distributed Map that started it. */
        readonly label?: string;
        readonly name: string;
      }
    | {
        readonly kind: "express";
        readonly stateMachine: string;
        readonly label?: string;
        readonly name: string;
        /** Distinguishes executions of one name. */
        readonly run: string;
      }
    | { readonly kind: "mapRun"; readonly stateMachine: string; readonly label: string; readonly run: string }
    | { readonly kind: "activity"; readonly name: string }
  );

/** Any ARN of the service `states` that names a thing of an account. */
export function parseStatesArn(text: string): StatesArn | undefined {
  const arn = parseArn(text);
  if (arn === undefined || arn.service !== "states" || arn.region === "" || arn.account === "") return undefined;
  const { partition, region, account } = arn;
  const home: ArnHome = { partition, region, account };
  const [type, first, second, third, ...rest] = arn.resource.split(":");
  if (type === undefined || first === undefined || first === "" || rest.length > 0) return undefined;
  const [name = "", label, ...deeper] = first.split("/");
  if (deeper.length > 0 || name === "") return undefined;
  const labelled = label === undefined ? {} : { label };
  switch (type) {
    case "stateMachine":
      if (third !== undefined) return undefined;
      if (second === undefined) return { ...home, kind: "stateMachine", name, ...labelled };
      if (label !== undefined || second === "") return undefined;
      return /^\d+$/.test(second)
        ? { ...home, kind: "version", name, version: Number(second) }
        : { ...home, kind: "alias", name, alias: second };
    case "execution":
      if (second === undefined || second === "" || third !== undefined) return undefined;
      return { ...home, kind: "execution", stateMachine: name, ...labelled, name: second };
    case "express":
      if (second === undefined || third === undefined || third === "") return undefined;
      return { ...home, kind: "express", stateMachine: name, ...labelled, name: second, run: third };
    case "mapRun":
      if (label === undefined || second === undefined || third !== undefined) return undefined;
      return { ...home, kind: "mapRun", stateMachine: name, label, run: second };
    case "activity":
      return second === undefined && label === undefined ? { ...home, kind: "activity", name } : undefined;
    default:
      return undefined;
  }
}

/** @example printStatesArn({ partition: "aws", region: "eu-west-1", account: "123456789012", kind: "activity", name: "a" })
 *  // => "arn:aws:states:eu-west-1:123456789012:activity:a" */
export function printStatesArn(arn: StatesArn): string {
  const { partition, region, account } = arn;
  return printArn({ partition, service: "states", region, account, resource: resourceOf(arn) });
}

function resourceOf(arn: StatesArn): string {
  switch (arn.kind) {
    case "stateMachine":
      return `stateMachine:${withLabel(arn.name, arn.label)}`;
    case "version":
      return `stateMachine:${arn.name}:${arn.version}`;
    case "alias":
      return `stateMachine:${arn.name}:${arn.alias}`;
    case "execution":
      return `execution:${withLabel(arn.stateMachine, arn.label)}:${arn.name}`;
    case "express":
      return `express:${withLabel(arn.stateMachine, arn.label)}:${arn.name}:${arn.run}`;
    case "mapRun":
      return `mapRun:${arn.stateMachine}/${arn.label}:${arn.run}`;
    default:
      return `activity:${arn.name}`;
  }
}

function withLabel(name: string, label: string | undefined): string {
  return label === undefined ? name : `${name}/${label}`;
}
