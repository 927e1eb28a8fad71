import { withoutTrailing } from '../without-trailing.ts';

/** A float as CONVERT writes it: 6 significant digits in style 0, 8 in style 1, 16 in style 2, 17 in style 3. */
export function formatFloat(value: number, style: number): string {
  if (style === 1) return scientific(value, 8);
  if (style === 2) return scientific(value, 16);
  return style === 3 ? general(value, 17) : general(value, 6);
}

/** C's `%g`, with an exponent of three digits. */
function general(value: number, digits: number): string {
  if (value === 0) return '0';
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  if (exponent < -5 || exponent >= digits) return trimmed(scientific(value, digits));
  const text = value.toFixed(Math.max(0, Math.min(100, digits - 1 - exponent)));
  return text.includes('.') ? withoutTrailing(withoutTrailing(text, '0'), '.') : text;
}

function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const size = Math.abs(Number(exponent));
  return `${mantissa}e${Number(exponent) < 0 ? '-' : '+'}${String(size).padStart(3, '0')}`;
}

function trimmed(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e');
  return `${withoutTrailing(withoutTrailing(mantissa, '0'), '.')}e${exponent}`;
}
