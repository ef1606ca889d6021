import { z } from "zod";

/** A variable that holds a whole number. */
export const integer = (problem: string, from: number, to: number) =>
  z
    .string(problem)
    .regex(/^\d{1,15}$/, problem)
    .transform(Number)
    .refine((value) => value >= from && value <= to, problem);
