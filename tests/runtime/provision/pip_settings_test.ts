import { deepStrictEqual } from "node:assert";
import { dirname } from "node:path";
import { pipSettings } from "../../../lib/runtime/provision/pip_settings.ts";
import { environmentOf } from "../../support/environment_of.ts";
import { withFolder } from "../../support/with_folder.ts";

Deno.test("pipSettings() takes variables first, then the nearest configuration file", () =>
  withFolder(async (folder) => {
    const home = { HOME: `${folder}/home` };
    const settings = async (variables: Record<string, string> = {}) => {
      const environment = environmentOf({ ...home, ...variables });
      const { index, certificates } = await pipSettings(environment, folder);
      return [index, certificates];
    };
    const write = async (path: string, text: string) => {
      await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    };
    deepStrictEqual(await settings(), ["https://pypi.org/simple", undefined]);
    await write(
      "pip.conf",
      "[global]\nindex-url = http://etc\ncert=/etc/cert\n",
    );
    deepStrictEqual(await settings(), ["http://etc", "/etc/cert"]);
    await write(
      "home/.config/pip/pip.conf",
      "# mine\r\n[install]\r\nindex-url = http://no\r\n[global]\r\nindex_url: http://user \r\n",
    );
    deepStrictEqual(await settings(), ["http://user", "/etc/cert"]);
    await write(
      "home/.config/pip/pip.conf",
      "[global]\nindex-url=http://user\n[download]\nindex-url=http://download\n",
    );
    deepStrictEqual(await settings(), ["http://download", "/etc/cert"]);
    await write("venv/pip.conf", "[global]\nindex-url = http://venv\n");
    deepStrictEqual(await settings({ VIRTUAL_ENV: `${folder}/venv` }), [
      "http://venv",
      "/etc/cert",
    ]);
    await write("own.conf", "[global]\nindex-url = http://own\n");
    const own = { PIP_CONFIG_FILE: `${folder}/own.conf` };
    deepStrictEqual(await settings(own), ["http://own", "/etc/cert"]);
    const pip = { ...own, PIP_INDEX_URL: "http://pip", PIP_CERT: "/cert" };
    deepStrictEqual(await settings(pip), ["http://pip", "/cert"]);
    deepStrictEqual(await settings({ ...pip, UV_INDEX_URL: "http://uv" }), [
      "http://uv",
      "/cert",
    ]);
    const none = { PIP_CONFIG_FILE: "/dev/null", SSL_CERT_FILE: "/ssl" };
    deepStrictEqual(await settings(none), ["https://pypi.org/simple", "/ssl"]);
  }));
