/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Makes the section .BTF_ids as the kernel's macros do: the same symbols at the same offsets with the same sizes.
 * STAND_IN_LIST_SIZE says how many elements a list has where the kernel keeps no BTF.
 */
#ifndef STAND_IN_BTF_IDS_H
#define STAND_IN_BTF_IDS_H

struct btf_id_set {
	u32 cnt;
	u32 ids[];
};

struct btf_id_set8 {
	u32 cnt;
	u32 flags;
	struct {
		u32 id;
		u32 flags;
	} pairs[];
};

#ifdef CONFIG_DEBUG_INFO_BTF

#define STAND_IN_TEXT(...) #__VA_ARGS__
#define STAND_IN_EXPANDED(...) STAND_IN_TEXT(__VA_ARGS__)
#define STAND_IN_SECTION(lines) asm(".pushsection .BTF_ids, \"a\"\n" lines ".popsection\n");

/* An id is four bytes under a symbol that says what it is the id of, and a number that makes the symbol unique. */
#define STAND_IN_ID(kind, name, number, behind) STAND_IN_NUMBERED(__BTF_ID__##kind##__##name##__, number, behind)
#define STAND_IN_NUMBERED(prefix, number, behind) STAND_IN_OBJECT(prefix##number, behind)
#define STAND_IN_OBJECT(symbol, behind)						\
	STAND_IN_SECTION(							\
		".type " #symbol ", STT_OBJECT\n"				\
		".size " #symbol ", 4\n"					\
		#symbol ": .long 0\n" behind)

/* A set begins with the given words; its size is known at its end, and counts from its own name. */
#define STAND_IN_BEGIN(kind, name, words)					\
	STAND_IN_SECTION(#name ":\n__BTF_ID__" #kind "__" #name ":\n.long " words "\n")
#define STAND_IN_FINISH(kind, name)						\
	STAND_IN_SECTION(".size __BTF_ID__" #kind "__" #name ", . - " #name "\n")

#define BTF_ID(kind, name) BTF_ID_AT(kind, name, __COUNTER__)
#define BTF_ID_AT(kind, name, number) STAND_IN_ID(kind, name, number, "")
#define BTF_ID_LIST(name) STAND_IN_SECTION(#name ":\n") extern u32 name[];
#define BTF_SET_START(name) STAND_IN_BEGIN(set, name, "0")
#define BTF_SET_END(name) STAND_IN_FINISH(set, name) extern struct btf_id_set name;

#ifndef STAND_IN_FIVE_SETS
#define BTF_ID_FLAGS(kind, name, ...) BTF_ID_FLAGS_AT(kind, name, __COUNTER__, 0 __VA_OPT__(| __VA_ARGS__))
#define BTF_ID_FLAGS_AT(kind, name, number, word)				\
	STAND_IN_ID(kind, name, number, ".long " STAND_IN_EXPANDED(word) "\n")
#define BTF_SET8_START(name) STAND_IN_BEGIN(set8, name, "0, 0")
#define BTF_SET8_END(name) STAND_IN_FINISH(set8, name) extern struct btf_id_set8 name;
#endif
#ifdef STAND_IN_MARKED_SETS
#define BTF_KFUNCS_START(name) STAND_IN_BEGIN(set8, name, "0, 1")
#define BTF_KFUNCS_END(name) BTF_SET8_END(name)
#endif

#else

#define STAND_IN_UNUSED __attribute__((unused))

#define BTF_ID(kind, name)
#define BTF_ID_LIST(name) static u32 STAND_IN_UNUSED name[STAND_IN_LIST_SIZE];
#define BTF_SET_START(name) static struct btf_id_set STAND_IN_UNUSED name;
#define BTF_SET_END(name)

#ifndef STAND_IN_FIVE_SETS
#define BTF_ID_FLAGS(kind, name, ...)
#define BTF_SET8_START(name) static struct btf_id_set8 STAND_IN_UNUSED name;
#define BTF_SET8_END(name)
#endif
#ifdef STAND_IN_MARKED_SETS
#define BTF_KFUNCS_START(name) static struct btf_id_set8 STAND_IN_UNUSED name = { .flags = 1 };
#define BTF_KFUNCS_END(name)
#endif

#endif

#endif
