import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** The settings that are secrets: each may also be given as a file, in `<name>_FILE`. */
export const secretNames = [
  'DATABASE_URL',
  'MicrosoftAppPassword',
  'MicrosoftAppCertificate',
  'OPENAI_API_KEY',
  'AZURE_OPENAI_API_KEY',
] as const;
export type SecretName = (typeof secretNames)[number];

/** What is wrong with a secret's file. The message never has anything of what is in it. */
export class SecretUnreadable extends Error {}

/**
 * Reads a secret from its file, without the line ends at its end.
 * @throws SecretUnreadable
 */
export function readSecretFile(file: string): string {
  // Whoever has confused the two settings has put the secret itself here: what it says is not repeated.
  if (!isAbsolute(file)) throw new SecretUnreadable('is the absolute path of a file');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
    throw new SecretUnreadable(`names a file that cannot be read (${code})`);
  }
  const secret = text.replace(/[\r\n]+$/, '');
  if (!secret) throw new SecretUnreadable('names an empty file');
  return secret;
}

/** Gives a secret as it is now. */
export type ReadSecret = () => string;

type Settings = { readonly [name in SecretName | `${SecretName}_FILE`]: string | undefined };

/**
 * Gives secrets as they are now: as their files say each time, so that they can be exchanged while the bot runs. A file
 * that cannot be read for the moment, or says something that is none, changes nothing.
 *
 * @param onFault told why, once each time that it begins
 * @returns gives nothing for a secret that is not set; its second parameter throws for a secret that is none
 */
export function createSecrets(settings: Settings, onFault: (reason: string) => void) {
  return (name: SecretName, check: (secret: string) => unknown = () => {}): ReadSecret | undefined => {
    let known = settings[name];
    const file = settings[`${name}_FILE`];
    let isFaulty = false;
    const readAgain = (path: string): string => {
      const secret = readSecretFile(path);
      if (secret !== known) check(secret);
      return secret;
    };
    if (known === undefined) return undefined;
    return () => {
      try {
        if (file) known = readAgain(file);
        isFaulty = false;
      } catch (error) {
        if (!isFaulty) onFault(`${name}_FILE: ${(error as Error).message}`);
        isFaulty = true;
      }
      return known as string;
    };
  };
}
