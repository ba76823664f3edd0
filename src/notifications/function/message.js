/** The session name of `crosstrust verify --live`. */
const OWN_TEST = "crosstrust-live";

/** Longest subject that SNS takes, in characters. */
const SUBJECT_LENGTH = 100;

/** A use of a role for people and programs: what goes out. Every field is a text. */
exports.makeMessage = (told, trust) => {
  const use = inOneLine(told);
  const isOwnTest = use.session === OWN_TEST;
  const subject = [
    isOwnTest ? "[own test] " : "",
    use.error === undefined ? "Role used" : "Role refused",
    `: ${use.roleName} in account ${use.account}`,
  ].join("");
  const fields = {
    subject: subject.replace(/[^\x20-\x7e]/g, "?").slice(0, SUBJECT_LENGTH),
    role: use.role,
    account: use.account,
    caller: use.caller,
    callerAccount: use.callerAccount ?? "",
    time: use.time,
    address: use.address ?? "",
    region: use.region,
    event: use.event,
    stage: trust.stage,
    trust: trust.words,
    ownTest: isOwnTest ? "yes" : "no",
    eventId: use.eventId,
  };
  return { text: textOf(use, trust, isOwnTest), ...fields };
};

/** Names of an identity provider may have any characters: none of them begins a line of its own. */
function inOneLine(use) {
  return Object.fromEntries(
    Object.entries(use).map(([key, value]) => [
      key,
      typeof value === "string" ? value.replace(/[\x00-\x1f\x7f]+/g, " ") : value,
    ]),
  );
}

function textOf(use, trust, isOwnTest) {
  return [
    ...(isOwnTest
      ? [`This calls itself the test of crosstrust verify --live (session ${OWN_TEST}).`]
      : []),
    `role:     ${use.role}, account ${use.account}`,
    `who:      ${use.caller}${extra(use)}`,
    `from:     ${use.callerAccount === undefined ? "no AWS account" : `account ${use.callerAccount}`}, ${addressOf(use)}`,
    `when:     ${use.time}`,
    `how:      ${use.event} in ${use.region}${use.error === undefined ? "" : `, refused: ${use.error}`}`,
    `let in:   ${trust.words}`,
    `event:    ${use.eventId}`,
  ].join("\n");
}

function extra({ session, sourceIdentity }) {
  const parts = [
    ...(session === undefined ? [] : [`session ${session}`]),
    ...(sourceIdentity === undefined ? [] : [`source identity ${sourceIdentity}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** When the console assumes a role for somebody, CloudTrail has no address of his. */
function addressOf({ address, event }) {
  if (address === undefined) return "address unknown";
  return /^[\d.]+$|:/.test(address)
    ? `address ${address}`
    : `through ${address}${event === "AssumeRole" ? " (in the console; the SwitchRole message has the address)" : ""}`;
}
