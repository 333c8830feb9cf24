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

/** The lines with which settings are refused when they are read: the count first, then one for each problem. */
function refusalOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.split("\n").map((line) => line.trim());
  }
  throw new Error("the settings were accepted");
}

/** The problems of settings when they are read. */
export const problemsOf = (read: () => unknown) => refusalOf(read).slice(1);

/** The lines with which a text is refused. */
export const refusal = (text: string) => refusalOf(() => parseSettings(text, "team.yaml"));

/** The problems alone. */
export const problems = (text: string) => refusal(text).slice(1);
