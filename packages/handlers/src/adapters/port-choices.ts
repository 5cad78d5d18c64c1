/** Who answers each port: `RETRAIN_PROFILE` for all of them, a variable of its own for each. */

export type Environment = Readonly<Record<string, string | undefined>>;

const profiles = ["local", "aws"] as const;

type Profile = (typeof profiles)[number];

interface PortChoice<Answer extends string = string> {
  /** What overrides the profile. */
  readonly variable: string;
  readonly answers: readonly Answer[];
  /** Who answers when nothing overrides the profile. */
  readonly profile: Readonly<Record<Profile, NoInfer<Answer>>>;
}

/** `local` is always this machine, and everything else AWS, by the name of the service. */
export const portTable = {
  raw: choice("RAW_DATA", ["local", "s3"], "s3"),
  objects: choice("OBJECT_STORE", ["local", "s3"], "s3"),
  ledger: choice("LEDGER", ["local", "dynamodb"], "dynamodb"),
  aliases: choice("ALIAS_STORE", ["local", "dynamodb"], "dynamodb"),
  trainer: choice("TRAINER", ["local", "lambda", "sagemaker"], "sagemaker"),
  registry: choice("MODEL_REGISTRY", ["local", "sagemaker"], "sagemaker"),
  endpoints: choice("ENDPOINT_HOST", ["local", "lambda", "sagemaker"], "sagemaker"),
  notifier: choice("NOTIFIER", ["local", "sns-eventbridge"], "sns-eventbridge"),
} as const;

export type ChosenPort = keyof typeof portTable;

export type PortChoices = { readonly [Port in ChosenPort]: (typeof portTable)[Port]["answers"][number] };

/** @throws Error that names every variable with a value that nobody answers to, and every mix that cannot work */
export function portChoices(environment: Environment): PortChoices {
  const problems: string[] = [];
  function chosen<Answer extends string>(variable: string, answers: readonly Answer[], otherwise: Answer): Answer {
    const text = environment[variable] || otherwise;
    const answer = answers.find((each) => each === text);
    if (answer === undefined) problems.push(`${variable} is "${text}"; wanted ${listed(answers)}`);
    return answer ?? otherwise;
  }
  const profile = chosen("RETRAIN_PROFILE", profiles, "local");
  const of = <Answer extends string>(port: PortChoice<Answer>) =>
    chosen(port.variable, port.answers, port.profile[profile]);
  const choices: PortChoices = {
    raw: of(portTable.raw),
    objects: of(portTable.objects),
    ledger: of(portTable.ledger),
    aliases: of(portTable.aliases),
    trainer: of(portTable.trainer),
    registry: of(portTable.registry),
    endpoints: of(portTable.endpoints),
    notifier: of(portTable.notifier),
  };
  if (choices.objects === "local") {
    problems.push(...readersOfS3(choices).map((reader) => `${reader} reads models from S3; wanted OBJECT_STORE=s3`));
  }
  if (problems.length > 0) throw new Error(`${problems.join("; ")}.`);
  return choices;
}

function readersOfS3({ trainer, registry, endpoints }: PortChoices): readonly string[] {
  return [
    ...(trainer === "sagemaker" ? [`${portTable.trainer.variable}=${trainer}`] : []),
    ...(registry === "local" ? [] : [`${portTable.registry.variable}=${registry}`]),
    ...(endpoints === "local" ? [] : [`${portTable.endpoints.variable}=${endpoints}`]),
  ];
}

function choice<const Answer extends string>(
  variable: string,
  answers: readonly ["local", ...Answer[]],
  onAws: NoInfer<Answer>,
): PortChoice<"local" | Answer> {
  return { variable, answers, profile: { local: "local", aws: onAws } };
}

function listed(answers: readonly string[]): string {
  return `${answers.slice(0, -1).join(", ")} or ${answers.at(-1)}`;
}
