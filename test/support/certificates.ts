import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The path of the certificate authority of the tests. */
export const authorityFile = path.resolve('test/support/certificates/authority.cert.pem');

/** A certificate for `localhost`, `127.0.0.1` and `gateway.test`, signed by the certificate authority of the tests. Valid for a century. */
export const serverCertificate = {
  key: readFileSync('test/support/certificates/server.key.pem', 'utf8'),
  cert: readFileSync('test/support/certificates/server.cert.pem', 'utf8'),
};
