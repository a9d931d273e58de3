'use strict';

// Compiles source/ to build/piiglet.node with the C compiler at hand. N-API is four headers of C and the
// same for every version of Node, so nothing else is needed. In a checkout the engine in vendor/ is made anew before.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const vendor = path.join(__dirname, 'vendor');
const stage = path.join(__dirname, '..', 'stage.py');

function headers() {
    const prefixes = [path.dirname(path.dirname(process.execPath)), '/usr', '/usr/local'];
    const places = prefixes.map((prefix) => path.join(prefix, 'include', 'node'));
    const found = places.find((place) => fs.existsSync(path.join(place, 'node_api.h')));
    if (!found) {
        throw new Error('node_api.h is missing (Debian: libnode-dev)');
    }
    return found;
}

function sources() {
    const folder = path.join(__dirname, 'source');
    return fs.readdirSync(folder).filter((name) => name.endsWith('.c')).map((name) => path.join(folder, name));
}

function pkgConfig(question) {
    const environment = { ...process.env, PKG_CONFIG_PATH: vendor };
    return execFileSync('pkg-config', [question, 'piiglet'], { env: environment, encoding: 'utf8' }).trim().split(/\s+/);
}

if (fs.existsSync(stage)) {
    execFileSync('python3', [stage, vendor], { stdio: 'inherit' });
}
fs.mkdirSync(path.join(__dirname, 'build'), { recursive: true });
execFileSync(process.env.CC || 'cc', [
    '-std=gnu11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Wno-unused-parameter', '-fPIC', '-shared', '-fvisibility=hidden',
    '-DNAPI_VERSION=8', `-I${headers()}`, ...pkgConfig('--cflags'), ...sources(),
    '-o', path.join(__dirname, 'build', 'piiglet.node'), ...pkgConfig('--libs'),
], { stdio: 'inherit' });
