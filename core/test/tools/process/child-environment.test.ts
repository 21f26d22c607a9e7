import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildChildEnvironment } from '../../../src/tools/process/child-environment.ts';

const PARENT = {
  PATH: '/usr/bin',
  HOME: '/home/media',
  TZ: 'Europe/Zurich',
  LANG: 'de_CH.UTF-8',
  SECRET_KEY: 'top secret',
  MONGODB_URI: 'mongodb://user:password@db',
  HTTPS_PROXY: 'http://outer:3128',
};

describe('environment of a tool', () => {
  it('holds no secret of the server', () => {
    const names = Object.keys(buildChildEnvironment(PARENT));
    assert.ok(!names.includes('SECRET_KEY') && !names.includes('MONGODB_URI'));
  });

  it('keeps home and time zone, and speaks English', () => {
    const { HOME, TZ, LANG } = buildChildEnvironment(PARENT);
    assert.deepEqual({ HOME, TZ, LANG }, { HOME: '/home/media', TZ: 'Europe/Zurich', LANG: 'C.UTF-8' });
  });

  it('passes the proxy of the environment on only without one of ours', () => {
    assert.equal(buildChildEnvironment(PARENT)['HTTPS_PROXY'], 'http://outer:3128');
    assert.equal(buildChildEnvironment(PARENT, { ownProxy: true })['HTTPS_PROXY'], undefined);
  });

  it('puts the folder of ffmpeg first on PATH', () => {
    const { PATH } = buildChildEnvironment(PARENT, { programs: ['/opt/ffmpeg/bin/ffmpeg'] });
    assert.equal(PATH, '/opt/ffmpeg/bin:/usr/bin');
  });

  it('names the certificates for OpenSSL and Go, requests and curl', () => {
    const ca = { bundle: '/state/ca.pem', file: '/state/ca-rest.pem', directory: '/etc/ssl/certs' };
    const environment = buildChildEnvironment(PARENT, { ca });
    assert.equal(environment['SSL_CERT_FILE'], '/state/ca-rest.pem');
    assert.equal(environment['SSL_CERT_DIR'], '/etc/ssl/certs');
    assert.equal(environment['REQUESTS_CA_BUNDLE'], '/state/ca.pem');
    assert.equal(environment['CURL_CA_BUNDLE'], '/state/ca.pem');
  });
});
