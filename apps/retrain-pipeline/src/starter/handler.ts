/** The Lambda function that EventBridge Scheduler calls once a month with `{"scheduledTime": "…"}`. */
import { monthlyStarter } from "./starter.ts";

const start = monthlyStarter({
  environment: process.env,
  executions: async () => {
    const { SFN } = await import("@aws-sdk/client-sfn");
    return new SFN({});
  },
});

/** Nobody waits for the answer of a function that is called by a schedule: it goes to the log. */
export async function handler(event: unknown): Promise<void> {
  const { name, ...started } = await start(event);
  process.stdout.write(`${JSON.stringify({ level: "INFO", message: `${name} ${started.outcome}`, ...started })}\n`);
}
