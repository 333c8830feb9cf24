import { SettingsError } from "../../src/settings/errors";
import { parseSettings } from "../../src/settings/load";

/** The least that a settings file must say. */
export const MINIMAL = `name: platform
region: eu-west-1
network:
  zones: [eu-west-1a, eu-west-1b]
access:
  admins:
    principal: arn:aws:iam::111122223333:role/platform-admin
    policies:
      - policy: AmazonEKSClusterAdminPolicy
fargate:
  profiles:
    default:
      selectors:
        - namespace: kube-system
`;

/** The minimal settings with one piece of text replaced. */
export function edited(piece: string, replacement: string): string {
  expect(MINIMAL).toContain(piece);
  return MINIMAL.replace(piece, replacement);
}

/** The lines with which a text is refused: the count first, then one for each problem. */
export function refusal(text: string): string[] {
  try {
    parseSettings(text, "team.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.split("\n").map((line) => line.trim());
  }
  throw new Error("the settings were accepted");
}

/** The problems alone. */
export const problems = (text: string) => refusal(text).slice(1);
