import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.js';
import { createSecrets } from '../src/secrets.js';

let folder: string;
let file: string;
let faults: string[];
const save = (text: string) => writeFileSync(file, text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-secrets-'));
  file = join(folder, 'key');
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const secretsOf = (env: Record<string, string>) =>
  createSecrets(readConfig({ OPENAI_MODEL: 'model', ...env }), (reason) => faults.push(reason));

test('a secret that is not set is none', () => {
  expect(secretsOf({})('OPENAI_API_KEY')).toBeUndefined();
});

test('a secret of the environment stays what it was', () => {
  expect(secretsOf({ OPENAI_API_KEY: 'first' })('OPENAI_API_KEY')?.()).toBe('first');
});

test('a secret in a file is what the file says now', () => {
  save('first\n');
  const read = secretsOf({ OPENAI_API_KEY_FILE: file })('OPENAI_API_KEY');
  expect(read?.()).toBe('first');
  save('second\n');
  expect(read?.()).toBe('second');
  expect(faults).toEqual([]);
});

test('a file that cannot be read changes nothing, and each time that it begins is told once', () => {
  save('first');
  const read = secretsOf({ OPENAI_API_KEY_FILE: file })('OPENAI_API_KEY');
  for (const next of ['second', 'third']) {
    rmSync(file);
    const before = [read?.(), read?.()];
    expect(new Set(before).size).toBe(1);
    save(next);
    expect(read?.()).toBe(next);
  }
  expect(faults).toEqual(Array(2).fill('OPENAI_API_KEY_FILE: names a file that cannot be read (ENOENT)'));
});

test('what is no such secret changes nothing either, and what is known is not checked again', () => {
  save('first');
  const checked: string[] = [];
  const read = secretsOf({ OPENAI_API_KEY_FILE: file })('OPENAI_API_KEY', (secret) => {
    checked.push(secret);
    if (secret === 'half') throw new Error('is half written');
  });
  read?.();
  save('half');
  expect(read?.()).toBe('first');
  save('second');
  expect([read?.(), read?.()]).toEqual(['second', 'second']);
  expect(checked).toEqual(['half', 'second']);
  expect(faults).toEqual(['OPENAI_API_KEY_FILE: is half written']);
});
