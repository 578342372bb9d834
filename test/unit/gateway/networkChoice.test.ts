import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { directNetwork } from '../../../src/gateway/network/networkSettings';
import { chooseProxy } from '../../../src/gateway/network/proxyChoice';

/** The way to a URL if this proxy is set for both schemes: `direct`, `unusable`, or the address of the proxy. */
function wayTo(url: string, noProxy: readonly string[] = [], proxy = 'http://proxy.example:3128'): string {
  const settings = { ...directNetwork, proxy: { forHttp: proxy, forHttps: proxy }, noProxy };
  const choice = chooseProxy(new URL(url), settings);
  return choice.kind === 'proxy' ? choice.address.href : choice.kind;
}

const throughProxy = 'http://proxy.example:3128/';

describe('chooseProxy', () => {
  const cases: readonly (readonly [url: string, noProxy: string, isDirect: boolean])[] = [
    ['https://api.example.com/v1', '*', true],
    ['https://api.example.com/v1', 'example.com', true],
    ['https://api.example.com/v1', '.example.com', true],
    ['https://api.example.com/v1', '*.example.com', true],
    ['https://api.example.com/v1', ' API.Example.COM ', true],
    ['https://api.example.com./v1', 'example.com', true],
    ['https://example.com/v1', '.example.com', true],
    ['https://notexample.com/v1', 'example.com', false],
    ['https://example.com.evil.test/v1', 'example.com', false],
    ['https://api.example.com/v1', 'api.example.com:443', true],
    ['https://api.example.com/v1', 'api.example.com:8443', false],
    ['https://api.example.com:8443/v1', '.example.com:8443', true],
    ['http://api.example.com/v1', 'example.com:80', true],
    ['https://10.1.2.3/v1', '10.0.0.0/8', true],
    ['https://11.1.2.3/v1', '10.0.0.0/8', false],
    ['https://10.1.2.3/v1', '10.1.2.3', true],
    ['https://10.1.2.3:8080/v1', '10.1.2.3:8080', true],
    ['https://10.1.2.30/v1', '10.1.2.3', false],
    ['https://0xa.1.2.3/v1', '10.1.2.3', true],
    ['https://10.1.2.3/v1', '10.0.0.0/99', false],
    ['https://[fd00::1]/v1', 'fd00::/8', true],
    ['https://[fd00::1]/v1', 'fd00:0:0::1', true],
    ['https://[fd00::1]/v1', '[fd00::1]', true],
    ['https://[fd00::1]:8443/v1', '[fd00::1]:8443', true],
    ['https://[fd00::1]/v1', '[fd00::1]:8443', false],
    ['https://[fe00::1]/v1', 'fd00::/8', false],
    ['https://api.example.com/v1', '', false],
    ['https://api.example.com/v1', '.', false],
    ['https://api.example.com/v1', '*.', false],
  ];
  for (const [url, entry, isDirect] of cases) {
    it(`${isDirect ? 'bypasses the proxy' : 'uses the proxy'} for ${url} if noProxy has "${entry}"`, () => {
      equal(wayTo(url, [entry]), isDirect ? 'direct' : throughProxy);
    });
  }

  it('connects directly without a proxy', () => {
    deepEqual(chooseProxy(new URL('https://api.example.com'), directNetwork), { kind: 'direct' });
    equal(wayTo('https://api.example.com', [], '  '), 'direct');
  });

  it('uses the proxy for the scheme of the gateway', () => {
    const settings = { ...directNetwork, proxy: { forHttps: 'http://secure:1' } };
    equal(chooseProxy(new URL('http://api.example.com'), settings).kind, 'direct');
    equal(chooseProxy(new URL('https://api.example.com'), settings).kind, 'proxy');
  });

  it('accepts a proxy without a scheme, and a proxy with TLS', () => {
    equal(wayTo('https://api.example.com', [], 'proxy.example:3128'), throughProxy);
    equal(wayTo('https://api.example.com', [], 'https://proxy.example'), 'https://proxy.example/');
  });

  it('returns the address of a proxy without any name and password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (name, password) => {
        const proxy = `http://${encodeURIComponent(name)}:${encodeURIComponent(password)}@proxy.example:3128`;
        const settings = { ...directNetwork, proxy: { forHttps: proxy } };
        const choice = chooseProxy(new URL('https://api.example.com'), settings);
        const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
        deepEqual(choice, { kind: 'proxy', address: new URL(throughProxy), authorization });
      }),
    );
  });

  const ports = fc.integer({ min: 1, max: 65_535 });

  it('connects to this computer directly with any settings', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const hosts = fc.oneof(
      fc.constantFrom(
        'localhost',
        'LOCALHOST',
        '[::1]',
        '[0:0::1]',
        '127.1',
        '0x7f000001',
        '[::ffff:127.0.0.1]',
      ),
      fc.tuple(byte, byte, byte).map((bytes) => `127.${bytes.join('.')}`),
    );
    fc.assert(
      fc.property(hosts, ports, fc.webUrl(), fc.array(fc.string()), (host, port, proxy, noProxy) => {
        equal(wayTo(`http://${host}:${port}`, noProxy, proxy), 'direct');
      }),
    );
  });

  it('bypasses the proxy for a host and its subdomains at each port, and for no other host', () => {
    fc.assert(
      fc.property(fc.domain(), fc.domain(), ports, (named, other, port) => {
        equal(wayTo(`https://${named}:${port}`, [named]), 'direct');
        equal(wayTo(`https://below.${named}:${port}`, [named]), 'direct');
        equal(wayTo(`https://not${named}:${port}`, [named]), throughProxy);
        if (other !== named && !other.endsWith(`.${named}`)) {
          equal(wayTo(`https://${other}:${port}`, [named]), throughProxy);
        }
      }),
    );
  });

  it('accepts any text in the settings', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.array(fc.string()), fc.string(), (url, noProxy, proxy) => {
        wayTo(url, noProxy, proxy);
      }),
    );
  });
});
