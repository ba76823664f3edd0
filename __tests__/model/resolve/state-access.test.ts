import { modelOf } from "../deployed";
import { filesOf } from "../organization";
import { printed, readFiles } from "../folder";

const BOOTSTRAP = { deployer: { account: "shared", role: "ci" } };
const EC2 = [{ service: "ec2.amazonaws.com" }];

function statementsOf(key: string, settings: object, role: object = { trusts: EC2 }) {
  const model = modelOf({
    settings,
    roles: {
      ci: { accounts: ["shared"], ...role },
      app: { accounts: ["client"], trusts: [{ account: "shared", role: "ci" }] },
    },
  });
  return model.roles.find((each) => each.key === key)?.statements;
}

describe("with states in S3", () => {
  const backend = { type: "s3", bucket: "acme-terraform", keyPrefix: "states" };

  test("the deployer may read and write the states, and nothing else of the bucket", () => {
    expect(statementsOf("ci", { bootstrap: BOOTSTRAP, backend })).toEqual([
      { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme-terraform" },
      {
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
        Resource: "arn:aws:s3:::acme-terraform/states/*",
      },
    ]);
  });

  test("no other role gets anything", () => {
    expect(statementsOf("app", { bootstrap: BOOTSTRAP, backend })).toEqual([]);
  });

  test("an existing deployer stays as it is", () => {
    expect(statementsOf("ci", { bootstrap: BOOTSTRAP, backend }, { existing: true })).toEqual([]);
  });

  test("a bucket of ours without administrators is a warning: its policy would refuse step 1", () => {
    const { problems } = readFiles(
      filesOf({
        settings: { bootstrap: BOOTSTRAP, backend: { ...backend, createBucket: "local" } },
      }),
    );

    expect(printed(problems)).toEqual([
      expect.stringMatching(/^warning: .*settings\.backend: expected administrators, /),
    ]);
  });
});

test("with local states the deployer gets no statement of ours", () => {
  expect(statementsOf("ci", { bootstrap: BOOTSTRAP })).toEqual([]);
});
