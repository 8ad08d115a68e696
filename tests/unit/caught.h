/* What a program prints, for the tests that look at it. */
#ifndef CS_TESTS_CAUGHT_H
#define CS_TESTS_CAUGHT_H

/* Standard output goes into a file until caught_stdout gives it back: the text stays until the next. */
void catch_stdout(void);
const char *caught_stdout(void);

#endif
