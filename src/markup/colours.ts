import { verbatim } from "./markup.ts";

/** Colours are told apart in both themes and with the common kinds of colour blindness. */
export const COLOURS = {
  light: verbatim`--page: #ffffff; --card: #ffffff; --line: #e3e6ea; --grid: #eceff2;
  --text: #16191d; --soft: #5b6470; --accent: #6d3fd1;`,
  dark: verbatim`--page: #0e1116; --card: #0e1116; --line: #262c35; --grid: #1d232b;
    --text: #edf0f4; --soft: #98a2ae; --accent: #ab8bff;`,
};
