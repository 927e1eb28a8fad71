import { notSimulated } from './not-simulated.ts';
import type { LoginRequest, SqlErrorInfo } from './session.ts';

/** The languages of sys.syslanguages, by name and by alias; only the first is spoken here. */
const languages = new Set(
  `us_english english deutsch german français french 日本語 japanese dansk danish español spanish italiano italian nederlands
  dutch norsk norwegian português portuguese suomi finnish svenska swedish čeština czech magyar hungarian polski polish română
  romanian hrvatski croatian slovenčina slovak slovenski slovenian ελληνικά greek български bulgarian русский russian türkçe
  turkish british eesti estonian latviešu latvian lietuvių lithuanian brazilian 繁體中文 한국어 korean 简体中文 arabic ไทย thai
  bokmål`.split(/\s+/),
);

/** Whether this is the language that the simulator speaks. */
export function isSpoken(language: string): boolean {
  return ['us_english', 'english'].includes(language.toLowerCase());
}

/** Whether SQL Server has a language of this name. */
export function isLanguage(language: string): boolean {
  const name = language.toLowerCase();
  return (
    languages.has(name) || /^(?:british english|norwegian \(bokmål\)|(?:traditional|simplified) chinese)$/.test(name)
  );
}

/** Of a login that proved itself: why what else it asks for can't be had; null when it can. */
export function refusedWish({ language, changesPassword, attachedFile }: LoginRequest): SqlErrorInfo | null {
  if (changesPassword) return notSimulated('change of the password at login');
  if (attachedFile !== '') return notSimulated('attaching a database file at login');
  if (language === '' || isSpoken(language)) return null;
  return isLanguage(language) ? notSimulated(`the language ${language}`) : noLanguage(language);
}

/** 2740. */
export function noLanguage(language: string): SqlErrorInfo {
  const message = `SET LANGUAGE failed because '${language}' is not an official language name or a language alias on this SQL Server.`;
  return { number: 2740, state: 1, class: 16, message, line: 1 };
}
