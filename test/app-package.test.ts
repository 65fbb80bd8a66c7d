import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { buildPackage, readPackage, zip } from '../scripts/package/build.js';
import { checkContents, checkPackage } from '../scripts/package/check.js';
import { readValues, sampleEnv } from '../scripts/package/values.js';
import { features } from '../src/features/index.js';
import { typeset } from '../src/text/typeset.js';

const folder = 'appPackage';
const version = '1.2.3';
const { values } = readValues(sampleEnv, version);
const good = () => new Map(readPackage(folder, values));
const text = (content: Uint8Array | undefined) => Buffer.from(content ?? []).toString('utf8');

/** The package after a change of one of its texts. */
const changed = (name: string, find: string | RegExp, replacement: string) => {
  const files = good();
  const before = text(files.get(name));
  const now = before.replace(find, replacement);
  if (now === before) throw new Error(`${name} has no ${find}`);
  return files.set(name, Buffer.from(now));
};

/** The faults after an icon is drawn again, pixel by pixel: red, green, blue, opacity. */
const withIcon = (name: string, side: number, pixel: (i: number) => readonly number[]) => {
  const png = new PNG({ width: side, height: side });
  for (let i = 0; i < side * side; i++) png.data.set(pixel(i), i * 4);
  return checkContents(good().set(name, PNG.sync.write(png)));
};

describe('the Teams package', () => {
  it('has no fault', async () => {
    expect(await checkPackage(good(), features)).toEqual([]);
  });

  it('is a zip of the manifest and the files it names, its placeholders filled', async () => {
    const built = await buildPackage({ folder, env: sampleEnv, version });
    const inside = unzipSync(built.zip ?? new Uint8Array());
    expect(Object.keys(inside)).toEqual(['color.png', 'en.json', 'fr.json', 'manifest.json', 'outline.png']);
    const manifest = JSON.parse(text(inside['manifest.json']));
    expect(manifest).toMatchObject({
      version,
      id: sampleEnv.TEAMS_APP_ID,
      bots: [{ botId: sampleEnv.MicrosoftAppId, supportsFiles: true }],
      developer: { websiteUrl: sampleEnv.SITE_URL },
    });
  });

  it('is the same, byte for byte, whenever it is made', () => {
    const reversed = new Map([...good()].reverse());
    expect(Buffer.from(zip(good())).equals(zip(reversed))).toBe(true);
  });

  it.each(['fr', 'en'] as const)('is typeset in %s as everything else that people read', (lang) => {
    const texts: Record<string, string> = JSON.parse(text(good().get(`${lang}.json`)));
    for (const [key, value] of Object.entries(texts)) {
      if (key !== '$schema') expect(value).toBe(typeset(lang, value));
    }
  });
});

describe('what the environment must say', () => {
  it('names all that is missing, and makes nothing', async () => {
    const built = await buildPackage({ folder, env: {}, version });
    expect(built.zip).toBeUndefined();
    expect(built.faults.map((fault) => fault.split(' ')[0])).toEqual(Object.keys(sampleEnv));
  });

  it.each([
    ['MicrosoftAppId', 'passerelle', 'MicrosoftAppId is not an id such as'],
    ['PRIVACY_URL', 'http://passerelle.example', 'PRIVACY_URL is not an https:// address'],
    ['SITE_URL', ' ', 'SITE_URL is not set'],
  ])('%s cannot be "%s"', (variable, value, fault) => {
    expect(readValues({ ...sampleEnv, [variable]: value }, version).faults).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  it('the page on data protection is the one of the bot, where the company has none of its own', () => {
    const { PRIVACY_URL: _, ...env } = sampleEnv;
    const read = (PUBLIC_URL: string) => readValues({ ...env, PUBLIC_URL }, version);
    expect(read('https://bot.example/').values.PRIVACY_URL).toBe('https://bot.example/privacy');
    expect(read('http://bot.example').faults).toEqual([
      expect.stringContaining('PRIVACY_URL is not an https'),
    ]);
  });

  it('a version that Teams refuses is a fault', () => {
    expect(readValues(sampleEnv, '1.0.0-beta').faults).toHaveLength(1);
  });
});

describe('a fault is found', () => {
  it.each([
    [
      'a field unknown to the schema',
      '"icons"',
      '"colour": 1, "icons"',
      /must NOT have additional properties/,
    ],
    [
      'a version whose schema nobody knows',
      '"1.29"',
      '"1.99"',
      /no schema is known for "manifestVersion": "1.99"/,
    ],
    ['the schema of another version', 'teams/v1.29/', 'teams/v1.19/', /"\$schema" must be .*1\.29/],
  ])('%s', async (_, find, replacement, fault) => {
    const faults = await checkPackage(changed('manifest.json', find, replacement));
    expect(faults).toContainEqual(expect.stringMatching(fault));
  });

  it('a placeholder that nothing fills', () => {
    expect(checkContents(readPackage(folder, {}))).toContainEqual(
      expect.stringMatching(/^manifest.json: nothing fills .*BOT_ID/),
    );
  });

  it.each([
    [
      'a scope with two lists',
      'manifest.json',
      '"scopes": ["groupChat"]',
      '"scopes": ["team"]',
      /"team" has 2 lists/,
    ],
    ['a file that is not JSON', 'manifest.json', '{', '', /cannot be read as JSON/],
    [
      'an address among the domains',
      'manifest.json',
      '"validDomains": []',
      '"validDomains": ["https://a.example"]',
      /validDomains/,
    ],
    [
      'a text missing in one language',
      'en.json',
      /\n.*"description.short".*/,
      '',
      /en.json has no text for description.short/,
    ],
    [
      'a text of nothing',
      'fr.json',
      '"name.full"',
      '"name.long"',
      /name.long is nothing that the manifest shows/,
    ],
    [
      'a text that is too long',
      'en.json',
      '"Passerelle"',
      `"${'P'.repeat(31)}"`,
      /name.short has 31 letters; at most 30/,
    ],
    ['an empty text', 'en.json', '"Passerelle"', '" "', /name.short is empty/],
    [
      'the default language said otherwise',
      'fr.json',
      '"aide"',
      '"secours"',
      /not the same in manifest.json and fr.json/,
    ],
    ['a command twice in a scope', 'en.json', '"host"', '"Volunteer"', /lists the command "Volunteer" twice/],
    [
      'a prompt to start from',
      'manifest.json',
      '"title": "aide",',
      '"title": "aide", "type": "prompt",',
      /Teams would no longer show the welcome/,
    ],
    ['another schema for the texts', 'en.json', 'v1.29', 'v1.19', /"\$schema" must be/],
    [
      'a language with a region',
      'manifest.json',
      '"languageTag": "en"',
      '"languageTag": "en-gb"',
      /without a region/,
    ],
  ])('%s', (_, name, find, replacement, fault) => {
    expect(checkContents(changed(name, find, replacement))).toContainEqual(expect.stringMatching(fault));
  });

  it.each(['color.png', 'outline.png', 'fr.json', 'manifest.json'])('%s is not there', (name) => {
    const files = good();
    files.delete(name);
    expect(checkContents(files)).toContain(`${name} is not there`);
  });

  it('an icon that is not a PNG', () => {
    expect(checkContents(good().set('color.png', Buffer.from('GIF89a')))).toEqual([
      expect.stringContaining('color.png cannot be read as a PNG'),
    ]);
  });

  it('a colour icon of another size, or with transparent corners', () => {
    expect(withIcon('color.png', 96, () => [91, 95, 199, 255])).toEqual([
      'color.png has 96 × 96 pixels; Teams wants 192 × 192',
    ]);
    expect(withIcon('color.png', 192, (i) => [91, 95, 199, i === 0 ? 0 : 255])).toEqual([
      expect.stringContaining('color.png has transparent pixels'),
    ]);
  });

  it('an outline with colour, without ground, or empty', () => {
    const stripe = (i: number) => (i % 2 === 0 ? 255 : 0);
    expect(withIcon('outline.png', 32, (i) => [91, 95, 199, stripe(i)])).toEqual([
      'outline.png has pixels that are not white',
    ]);
    expect(withIcon('outline.png', 32, () => [255, 255, 255, 255])).toEqual([
      'outline.png has no transparent ground',
    ]);
    expect(withIcon('outline.png', 32, () => [255, 255, 255, 0])).toEqual(['outline.png shows nothing']);
  });

  it('more commands in a scope than Teams shows', () => {
    const files = good();
    const manifest = JSON.parse(text(files.get('manifest.json')));
    const commands = Array.from({ length: 13 }, (_, i) => ({
      title: `commande ${i}`,
      description: 'Une de trop',
    }));
    manifest.bots[0].commandLists[0].commands = commands;
    files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
    expect(checkContents(files)).toContain('"personal" lists 13 commands; Teams shows 12');
  });
});

describe('the commands of the manifest and of the code', () => {
  it('each that only one of them has is a fault', () => {
    const faults = checkContents(good(), [
      { scopes: ['team'], commands: { fr: ['publier', 'annoncer'], en: ['publish'] } },
      { scopes: ['personal'], commands: { fr: ['registre'], en: ['register'] } },
      { scopes: [], commands: { fr: [], en: [] } },
    ]);
    expect(faults).toContain('the command "registre" / "register" in "personal" is not in the manifest');
    expect(faults).toContain('the command "aide" / "help" in "groupChat" is in no feature');
    expect(faults.join()).not.toContain('"publier" / "publish" in "team"');
  });
});
