import { deepEqual, equal } from 'node:assert/strict';
import {
  readNetworkSettings,
  type InspectedSetting,
} from '../../../../src/host/gateways/readNetworkSettings';

type Inspected = Readonly<Record<string, InspectedSetting & { readonly workspaceValue?: unknown }>>;

function read(
  settings: Inspected,
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof readNetworkSettings> {
  return readNetworkSettings({ inspect: (name) => settings[name], environment, clearTextOrigins: [] });
}

describe('readNetworkSettings', () => {
  it('uses no proxy, verifies certificates and trusts the system by default', () => {
    deepEqual(read({ proxy: { defaultValue: '' }, noProxy: { defaultValue: [] } }), {
      proxy: {},
      noProxy: [],
      strictTls: true,
      systemCertificates: true,
      clearTextOrigins: [],
    });
  });

  it("prefers the user's settings to the environment", () => {
    const settings = read(
      {
        proxy: { globalValue: ' http://mine:1 ', defaultValue: '' },
        noProxy: { globalValue: ['.mine'] },
        proxyAuthorization: { globalValue: 'Basic eA==' },
      },
      { HTTPS_PROXY: 'http://theirs:2', NO_PROXY: '.theirs' },
    );
    deepEqual(settings.proxy, { forHttp: 'http://mine:1', forHttps: 'http://mine:1' });
    deepEqual(settings.noProxy, ['.mine']);
    equal(settings.proxyAuthorization, 'Basic eA==');
  });

  it('ignores the settings of a workspace', () => {
    const stolen = { workspaceValue: 'http://evil:1', workspaceFolderValue: 'http://evil:1' };
    const settings = read({
      proxy: { ...stolen, defaultValue: '' },
      proxyAuthorization: stolen,
      proxyStrictSSL: { workspaceValue: false, defaultValue: true },
      systemCertificates: { workspaceValue: false, defaultValue: true },
    });
    deepEqual(settings, read({}));
  });

  for (const [environment, forHttps, forHttp] of [
    [{ HTTPS_PROXY: 'a', HTTP_PROXY: 'b', ALL_PROXY: 'c' }, 'a', 'b'],
    [{ https_proxy: 'a' }, 'a', undefined],
    [{ HTTPS_PROXY: ' ', HTTP_PROXY: 'b' }, 'b', 'b'],
    [{ http_proxy: 'b' }, 'b', 'b'],
    [{ ALL_PROXY: 'c' }, 'c', 'c'],
    [{ all_proxy: 'c' }, 'c', 'c'],
  ] as const) {
    it(`reads the proxies from the environment ${JSON.stringify(environment)}`, () => {
      const { proxy } = read({ proxy: { globalValue: '' } }, environment);
      deepEqual([proxy.forHttps, proxy.forHttp], [forHttps, forHttp]);
    });
  }

  it('reads NO_PROXY with commas and spaces', () => {
    deepEqual(read({}, { no_proxy: 'a.test, .b.test  10.0.0.0/8,,' }).noProxy, [
      'a.test',
      '.b.test',
      '10.0.0.0/8',
    ]);
  });

  it('uses no proxy if the proxy support is off', () => {
    const settings = {
      proxySupport: { globalValue: 'off' },
      proxy: { globalValue: 'http://mine:1' },
      proxyAuthorization: { globalValue: 'Basic eA==' },
    };
    deepEqual(read(settings, { ALL_PROXY: 'http://theirs:2' }), read({}));
  });

  it('turns verification off only for the value false', () => {
    equal(read({ proxyStrictSSL: { globalValue: false } }).strictTls, false);
    for (const value of ['false', 0, null, undefined]) {
      equal(read({ proxyStrictSSL: { globalValue: value } }).strictTls, true);
    }
  });

  it('ignores values of the wrong type', () => {
    deepEqual(read({ proxy: { globalValue: 7 }, noProxy: { globalValue: [1, null, ' '] } }), read({}));
  });
});
