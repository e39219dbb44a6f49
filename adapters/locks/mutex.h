// std::mutex and std::shared_mutex with names that clang's analysis knows; each call is handed on.
//
// libstdc++ does not say of its own what they guard. Everything in the program that is shared
// between threads and not atomic is guarded by one of these; `Mutex` may be held by one thread,
// not twice by the same. The locks are for a scope and never move.
#pragma once

#include <mutex>
#include <shared_mutex>

#include "adapters/locks/annotations.h"

namespace sekisho::locks {

class SEKISHO_CAPABILITY Mutex {
  public:
    void lock() SEKISHO_ACQUIRE() { mutex_.lock(); }
    void unlock() SEKISHO_RELEASE() { mutex_.unlock(); }

  private:
    friend class Lent;
    std::mutex mutex_;
};

class SEKISHO_CAPABILITY SharedMutex {
  public:
    void lock() SEKISHO_ACQUIRE() { mutex_.lock(); }
    void unlock() SEKISHO_RELEASE() { mutex_.unlock(); }
    void lock_shared() SEKISHO_ACQUIRE_SHARED() { mutex_.lock_shared(); }
    void unlock_shared() SEKISHO_RELEASE_SHARED() { mutex_.unlock_shared(); }

  private:
    std::shared_mutex mutex_;
};

// Held to the end of the scope.
template <class Lockable>
class SEKISHO_SCOPED_CAPABILITY Lock {
  public:
    explicit Lock(Lockable& mutex) SEKISHO_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    ~Lock() SEKISHO_RELEASE() { mutex_.unlock(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

  private:
    Lockable& mutex_;
};

// Held with other readers to the end of the scope.
class SEKISHO_SCOPED_CAPABILITY SharedLock {
  public:
    explicit SharedLock(SharedMutex& mutex) SEKISHO_ACQUIRE_SHARED(mutex) : mutex_(mutex) {
        mutex_.lock_shared();
    }
    ~SharedLock() SEKISHO_RELEASE_EITHER() { mutex_.unlock_shared(); }
    SharedLock(const SharedLock&) = delete;
    SharedLock& operator=(const SharedLock&) = delete;

  private:
    SharedMutex& mutex_;
};

// The other way round: a held mutex is given back for the scope and held again behind it.
class SEKISHO_SCOPED_CAPABILITY Unlock {
  public:
    explicit Unlock(Mutex& mutex) SEKISHO_RELEASE(mutex) : mutex_(mutex) { mutex_.unlock(); }
    ~Unlock() SEKISHO_RELEASE() { mutex_.lock(); }
    Unlock(const Unlock&) = delete;
    Unlock& operator=(const Unlock&) = delete;

  private:
    Mutex& mutex_;
};

}  // namespace sekisho::locks
