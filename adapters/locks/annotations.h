// What a lock guards, in words that clang checks (-Wthread-safety); empty for other compilers.
//
// A member says by which mutex it is guarded, a function what its caller holds, and clang refuses
// what does neither. It does not look into constructors and destructors, and a lambda is a function
// of its own: one that touches guarded members says what is held when it is called,
// `[this]() SEKISHO_REQUIRES(mutex_) { ... }`.
// Source of each: Clang 19 documentation, "Thread Safety Analysis".
#pragma once

#ifdef __clang__
#define SEKISHO_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define SEKISHO_THREAD_SAFETY(attribute)
#endif

// Of a member: touched only while the mutex is held; of a reference, what it refers to.
#define SEKISHO_GUARDED_BY(mutex) SEKISHO_THREAD_SAFETY(guarded_by(mutex))
// Of a mutex: taken before the other one, where both are.
#define SEKISHO_ACQUIRED_BEFORE(mutex) SEKISHO_THREAD_SAFETY(acquired_before(mutex))

// Of a function: its caller holds the mutex; or must not, because it is taken within.
#define SEKISHO_REQUIRES(mutex) SEKISHO_THREAD_SAFETY(requires_capability(mutex))
#define SEKISHO_EXCLUDES(...) SEKISHO_THREAD_SAFETY(locks_excluded(__VA_ARGS__))

// For the types of this room, and what stands for one of them.
#define SEKISHO_CAPABILITY SEKISHO_THREAD_SAFETY(capability("mutex"))
#define SEKISHO_SCOPED_CAPABILITY SEKISHO_THREAD_SAFETY(scoped_lockable)
#define SEKISHO_ACQUIRE(...) SEKISHO_THREAD_SAFETY(acquire_capability(__VA_ARGS__))
#define SEKISHO_ACQUIRE_SHARED(...) SEKISHO_THREAD_SAFETY(acquire_shared_capability(__VA_ARGS__))
#define SEKISHO_RELEASE(...) SEKISHO_THREAD_SAFETY(release_capability(__VA_ARGS__))
#define SEKISHO_RELEASE_SHARED(...) SEKISHO_THREAD_SAFETY(release_shared_capability(__VA_ARGS__))
#define SEKISHO_RELEASE_EITHER(...) SEKISHO_THREAD_SAFETY(release_generic_capability(__VA_ARGS__))
#define SEKISHO_ASSERT_SHARED(mutex) SEKISHO_THREAD_SAFETY(assert_shared_capability(mutex))
