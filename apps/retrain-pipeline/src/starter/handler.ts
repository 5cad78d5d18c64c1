/** The Lambda function that EventBridge Scheduler calls once a month with `{"scheduledTime": "…"}`. */
import { monthlyStarter } from "./starter.ts";

export const handler = monthlyStarter({
  environment: process.env,
  executions: async () => {
    const { SFN } = await import("@aws-sdk/client-sfn");
    return new SFN({});
  },
});
