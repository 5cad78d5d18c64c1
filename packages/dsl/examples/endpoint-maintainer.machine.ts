/** Deletes endpoints that nobody calls: an alarm watches each, and its own event ends it. */
import { and, aslRule, at, awsSdk, machine, or, plain, present, States, stringEquals } from "../src/index.ts";

interface AlarmChanged {
  source: "aws.cloudwatch";
  detail: {
    alarmName: string;
    state: { value: string };
    configuration: { metrics: { metricStat: { metric: { namespace: string } } }[] };
  };
}

interface EndpointChanged {
  source: "aws.sagemaker";
  detail: { EndpointName: string; EndpointStatus: string; Tags: { [tag: string]: string } };
}

const cloudwatch = awsSdk("cloudwatch");
const sagemaker = awsSdk("sagemaker");

export default machine("EndpointMaintainer", {
  input: plain<AlarmChanged | EndpointChanged>(),
  comment: "A description of my state machine",
})
  .choice("EventSource", (choose) =>
    choose
      .when(
        (s) => {
          // The first condition proves that the other two will find what they read.
          const { detail } = present<AlarmChanged>(s.input as never);
          return and(
            stringEquals(s.input.source, "aws.cloudwatch"),
            stringEquals(present(at(detail.configuration.metrics, 0)).metricStat.metric.namespace, "AWS/SageMaker"),
            or(stringEquals(detail.state.value, "ALARM"), stringEquals(detail.state.value, " INSUFFICIENT_DATA")),
          );
        },
        (flow) =>
          flow
            .task("DeleteEndpoint", sagemaker("deleteEndpoint"), {
              parameters: (s) => ({ EndpointName: s.input.detail.alarmName }),
            })
            .end(),
      )
      .when(
        (s) => stringEquals(s.input.source, "aws.sagemaker"),
        (flow) =>
          flow.choice("SagemakerEventType", (event) =>
            event
              .when(
                (s) => and(stringEquals(s.input.detail.EndpointStatus, "DELETED")),
                (deleted) =>
                  deleted
                    .task("DeleteAlarms", cloudwatch("deleteAlarms"), {
                      parameters: (s) => ({ AlarmNames: States.Array(s.input.detail.EndpointName) }),
                    })
                    .end(),
              )
              .when(
                (s) =>
                  and(
                    stringEquals(s.input.detail.EndpointStatus, "IN_SERVICE"),
                    // A path that AWS takes though its key needs quotes: as ASL.
                    aslRule({ Variable: "$.detail.Tags.auto-maintain", StringEquals: "true" }),
                  ),
                (inService) =>
                  inService
                    .wait("Wait", { seconds: 300 })
                    .task("PutMetricAlarm", cloudwatch("putMetricAlarm"), {
                      parameters: (s) => ({
                        AlarmName: s.input.detail.EndpointName,
                        Namespace: "AWS/SageMaker",
                        MetricName: "Invocations",
                        Dimensions: [
                          { Name: "EndpointName", Value: s.input.detail.EndpointName },
                          { Name: "VariantName", Value: "AllTraffic" },
                        ],
                        ComparisonOperator: "LessThanOrEqualToThreshold",
                        DatapointsToAlarm: 3,
                        EvaluationPeriods: 3,
                        Period: 300,
                        Statistic: "Maximum",
                        Threshold: 0,
                        TreatMissingData: "breaching",
                      }),
                    })
                    .end(),
              ),
          ),
      ),
  )
  .pass("OtherCalls");
