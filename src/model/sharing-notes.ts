import { groupBy } from "./group-by";
import type { Model } from "./model";

/** Up to so many accounts are named in a command. */
const MOST_NAMED = 8;

/**
 * What is left to do for what is shared, as sentences for people: a key lets accounts use encrypted
 * images, and each image must be shared with them where it is built.
 */
export function sharingNotes({ keyGrants }: Model): readonly string[] {
  return [...groupBy(keyGrants, ({ key }) => key)].map(([key, grants]) => {
    const ids = [...new Set(grants.map(({ account }) => account.id))];
    const named = ids.slice(0, MOST_NAMED).map((id) => `{UserId=${id}}`);
    const others = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more accounts` : "";
    return (
      `sharing.${key}: share each image that it encrypts where the image is built: aws ec2 modify-image-attribute ` +
      `--image-id <AMI> --launch-permission "Add=[${named.join(",")}]"${others}, and its snapshots (docs/sharing.md)`
    );
  });
}
