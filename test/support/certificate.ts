import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';

/** A certificate that signs itself, with its private key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  /** Both, one after the other, as the bot reads them. */
  readonly pem: string;
  readonly x509: X509Certificate;
}

/** An element of DER: its tag, its length and what is in it. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const [sequence, set, integer, utf8, time, bits] = [0x30, 0x31, 0x02, 0x0c, 0x18, 0x03];
const commonName = Buffer.from('0603550403', 'hex');
const sha256WithRsa = der(sequence, Buffer.from('06092a864886f70d01010b0500', 'hex'));

/** Makes a certificate (X.509, version 1) for a name, with a key of its own, good until the end of a day. */
export function makeCertificate(name: string, lastDay = '2099-12-31'): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const who = der(sequence, der(set, der(sequence, commonName, der(utf8, Buffer.from(name)))));
  const on = (moment: string) => der(time, Buffer.from(moment));
  const body = der(
    sequence,
    der(integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sha256WithRsa,
    who,
    der(sequence, on('20200101000000Z'), on(`${lastDay.replaceAll('-', '')}235959Z`)),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(bits, Buffer.from([0]), sign('sha256', body, privateKey));
  const x509 = new X509Certificate(der(sequence, body, sha256WithRsa, signature));
  const certificate = x509.toString();
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { certificate, key, pem: `${certificate}${key}`, x509 };
}
