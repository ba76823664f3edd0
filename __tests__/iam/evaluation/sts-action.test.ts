import { coveredActions, STS_ACTIONS } from "../../../src/iam/evaluation/sts-action";

describe("coveredActions", () => {
  it.each([
    [["*"], STS_ACTIONS],
    [["*:*"], STS_ACTIONS],
    [["STS:*"], STS_ACTIONS],
    [["sts:assumerole"], ["sts:AssumeRole"]],
    [["sts:AssumeRoleWith????"], ["sts:AssumeRoleWithSAML"]],
    [
      ["sts:*Session", "sts:Set*"],
      ["sts:TagSession", "sts:SetSourceIdentity"],
    ],
    [["iam:*", "sts:GetCallerIdentity"], []],
    [["AssumeRole"], []],
    [[], []],
  ])("%j covers %j", (patterns, expected) => {
    expect([...coveredActions(patterns)]).toEqual(expected);
  });
});
