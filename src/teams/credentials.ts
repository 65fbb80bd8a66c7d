import { createPrivateKey, X509Certificate } from 'node:crypto';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { AppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';

/** The app registration, and what proves that the bot is this app. */
export interface Registration {
  readonly MicrosoftAppId: string;
  readonly MicrosoftAppTenantId: string;
  readonly MicrosoftAppType: string;
  /** Reads the client secret as it is now. */
  readonly password?: (() => string) | undefined;
  /** Reads the certificate and its private key as they are now: PEM, one after the other. */
  readonly certificate?: (() => string) | undefined;
}

/**
 * Makes the credentials of a registration with the framework's own factory: of a client secret, a certificate, or a
 * managed identity. A secret or certificate that has been exchanged is used for the next token.
 * @throws Error if the certificate is none; it says why, and nothing of the certificate
 */
export function createCredentialFactory(registration: Registration): ServiceClientCredentialsFactory {
  toProof(registration, readSecret(registration));
  return new CurrentCredentialsFactory(registration);
}

class CurrentCredentialsFactory extends ServiceClientCredentialsFactory {
  constructor(private readonly registration: Registration) {
    super();
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.registration.MicrosoftAppId;
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  async createCredentials(
    appId: string,
    audience: string,
    loginEndpoint: string,
    validateAuthority: boolean,
  ): Promise<AppCredentials> {
    const { MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppType } = this.registration;
    const app = { MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppType };
    return new CurrentCredentials(this.registration, audience, async (proof) => {
      const factory = new ConfigurationServiceClientCredentialFactory({ ...app, ...proof });
      const credentials = await factory.createCredentials(appId, audience, loginEndpoint, validateAuthority);
      return credentials as AppCredentials;
    });
  }
}

/** The framework's credentials, made anew when what proves the app has changed. */
class CurrentCredentials extends AppCredentials {
  // Private to JavaScript too, so that no log can show what is in them.
  #made: { readonly from: string; readonly credentials: Promise<AppCredentials> } | undefined;
  readonly #registration: Registration;
  readonly #make: (proof: Proof) => Promise<AppCredentials>;

  constructor(registration: Registration, audience: string, make: (proof: Proof) => Promise<AppCredentials>) {
    super(registration.MicrosoftAppId, registration.MicrosoftAppTenantId, audience);
    this.#registration = registration;
    this.#make = make;
  }

  override async getToken(forceRefresh = false): Promise<string> {
    const from = readSecret(this.#registration);
    if (this.#made?.from !== from)
      this.#made = { from, credentials: this.#make(toProof(this.#registration, from)) };
    return (await this.#made.credentials).getToken(forceRefresh);
  }

  /** Never called: the framework's credentials fetch the tokens. */
  protected refreshToken(): never {
    throw new Error('credentials that are made anew fetch no token themselves');
  }
}

/** What the framework's factory takes as a proof. */
interface Proof {
  readonly MicrosoftAppPassword?: string;
  readonly CertificateThumbprint?: string;
  readonly CertificatePrivateKey?: string;
}

/** The secret or the certificate; empty with a managed identity. */
const readSecret = ({ password, certificate }: Registration): string => (certificate ?? password)?.() ?? '';

function toProof({ certificate, password }: Registration, secret: string): Proof {
  if (certificate) return readCertificate(secret);
  return password ? { MicrosoftAppPassword: secret } : {};
}

/**
 * Reads a certificate and its private key, as PEM.
 * @throws Error that says what is wrong, and nothing of what is in it
 */
export function readCertificate(pem: string): Required<Omit<Proof, 'MicrosoftAppPassword'>> {
  const fault = (what: string) => new Error(`MicrosoftAppCertificate ${what}`);
  const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem) ?? [];
  const [key] = /-----BEGIN ((?:RSA )?PRIVATE KEY)-----[\s\S]+?-----END \1-----/.exec(pem) ?? [];
  if (!certificate) throw fault('has no "BEGIN CERTIFICATE"');
  if (!key) throw fault('has no "BEGIN PRIVATE KEY", or one with a password');
  const read = parse(certificate, key);
  if (!read) throw fault('has a certificate or a key that cannot be read');
  if (read.key.asymmetricKeyType !== 'rsa') throw fault('has a key that is not RSA');
  if (!read.certificate.checkPrivateKey(read.key)) throw fault('has the key of another certificate');
  const thumbprint = read.certificate.fingerprint.replaceAll(':', '');
  return { CertificateThumbprint: thumbprint, CertificatePrivateKey: key };
}

/** Nothing if one of them is damaged; OpenSSL's own words are left out, as they might quote it. */
function parse(certificate: string, key: string) {
  try {
    return { certificate: new X509Certificate(certificate), key: createPrivateKey(key) };
  } catch {
    return undefined;
  }
}
