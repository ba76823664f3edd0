import { EcrReplication } from "../../src/constructs/ecr-replication";
import { only, synthesizeStack } from "./stack-json";

test("a registry's repositories share one configuration, with a rule for each set of Regions", () => {
  const stack = synthesizeStack((scope) => {
    new EcrReplication(scope, "replication", {
      accountId: "111122223333",
      repositories: [
        { name: "b", replicateTo: ["us-east-1", "eu-central-1"] },
        { name: "c", replicateTo: ["us-east-1"] },
        { name: "a", replicateTo: ["eu-central-1", "us-east-1"] },
      ],
    });
  });
  const to = (region: string) => ({ region, registry_id: "111122223333" });
  const of = (filter: string) => ({ filter, filter_type: "PREFIX_MATCH" });
  expect(only(stack, "aws_ecr_replication_configuration")).toEqual({
    replication_configuration: {
      rule: [
        {
          destination: [to("eu-central-1"), to("us-east-1")],
          repository_filter: [of("a"), of("b")],
        },
        { destination: [to("us-east-1")], repository_filter: [of("c")] },
      ],
    },
  });
});
