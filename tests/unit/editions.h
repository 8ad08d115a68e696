/* Another edition of the rules taken into force on the desk (desk.h). */
#ifndef CS_TESTS_EDITIONS_H
#define CS_TESTS_EDITIONS_H

/* An edition that extends the shipped property rules with these members (JSON text without the
   braces); in force from now on. Fails the test when it is refused. */
void edition_with(const char *members);

#endif
