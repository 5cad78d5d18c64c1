/** Everything that the templates of `greetingProject` can hold. */
export const everything = {
  machines: {
    Greeting: {
      schedule: { expression: "cron(0 3 1 * ? *)", flexibleWindowMinutes: 15, input: { name: "${Ada}" } },
      alias: { name: "live", shift: "CANARY", alarms: ["Failed"] },
      tracing: true,
      logLevel: "ERROR",
    },
  },
  functions: {
    GreetGuest: {
      memoryMb: 1024,
      reservedConcurrency: 0,
      layers: ["${NativeLayerArn}"],
      environment: { MODE: "on", TABLE: "${TableName}" },
      statements: [{ actions: ["s3:GetObject"], resources: ["arn:${Partition}:s3:::${BucketName}/*"] }],
    },
  },
};
