/* nemesis: a preloaded library (LD_PRELOAD) that stands between one program and its disk, and its clock.
 *
 * It watches every file whose path begins with NEMESIS_FILES. For each write it keeps what was there before, until the program has synced
 * the file; so it can take a file back to what a disk would hold if the power failed now. A control file (NEMESIS_ORDERS), read every two
 * milliseconds, says what to do:
 *
 *     (absent or empty)   nothing: writes and syncs go through
 *     power N             let N more writes through, then undo everything that was not synced and die at once
 *     eio                 every write and every sync fails with "input/output error"
 *     enospc              every write that makes a file longer fails with "no space left on device"
 *     clock N             the time of day is N seconds ahead, or behind when N is negative; what measures intervals goes on as before
 *
 * What it does not simulate: lost renames and deletions, sectors torn in the middle, and a disk that lies about its syncs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PATH_BYTES 512

/* One write that is not synced yet: the bytes it covered and how long the file was. Newest first. */
struct undo
{
    struct undo *older;
    off64_t offset;
    off64_t length_before;
    size_t count;
    char *bytes_before;
};

/* One watched file. Its own descriptor stays open: it keeps the inode from being given to another file. */
struct watched
{
    struct watched *next;
    dev_t device;
    ino_t inode;
    int fd;
    struct undo *unsynced;
};

enum order { HEALTHY, POWER, EIO_ALWAYS, DISK_FULL };

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static struct watched *s_files;
static const char *s_prefix;
static const char *s_orders;
static volatile enum order s_order;
static long s_writes_left;
static volatile long s_ahead;
static long s_writes, s_syncs;

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_truncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_clock)(clockid_t, struct timespec *);

static void find_real(void)
{
    if (real_fdatasync) return;
    real_clock = dlsym(RTLD_NEXT, "clock_gettime");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
}

/* Shared memory beside the database does not outlive a power cut anyway, and SQLite makes it anew. */
static int is_watched_path(const char *path)
{
    return strncmp(path, s_prefix, strlen(s_prefix)) == 0 && strstr(path, "-shm") == NULL;
}

/* The watched file behind a descriptor, or NULL. Call with the lock held. */
static struct watched *find_file(int fd)
{
    struct stat64 now;
    if (!s_prefix || fd < 3 || fstat64(fd, &now) != 0 || !S_ISREG(now.st_mode)) return NULL;
    for (struct watched *file = s_files; file; file = file->next)
    {
        if (file->device == now.st_dev && file->inode == now.st_ino) return file;
    }

    char link[64], path[PATH_BYTES];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return NULL;
    path[length] = 0;
    if (!is_watched_path(path)) return NULL;

    struct watched *file = calloc(1, sizeof *file);
    file->device = now.st_dev;
    file->inode = now.st_ino;
    file->fd = open(path, O_RDWR | O_CLOEXEC);
    file->next = s_files;
    s_files = file;
    return file;
}

/* Takes every file back to its last sync and ends the program as a power cut would. */
static void lose_power(void)
{
    long undone = 0;
    for (struct watched *file = s_files; file; file = file->next)
    {
        for (struct undo *write = file->unsynced; write; write = write->older)
        {
            if (write->count) real_pwrite(file->fd, write->bytes_before, write->count, write->offset);
            real_truncate(file->fd, write->length_before);
            undone++;
        }
    }

    char line[160];
    int length = snprintf(line, sizeof line, "nemesis: %ld writes, %ld syncs, %ld unsynced writes undone\n", s_writes, s_syncs, undone);
    real_write(2, line, length);
    _exit(137);
}

/* Remembers what a write is about to cover. Call with the lock held. Returns an error number, or 0. */
static int before_write(int fd, off64_t offset, size_t count)
{
    struct watched *file = find_file(fd);
    if (!file) return 0;
    struct stat64 now;
    fstat64(fd, &now);
    if (s_order == EIO_ALWAYS) return EIO;
    if (s_order == DISK_FULL && offset + (off64_t)count > now.st_size) return ENOSPC;
    s_writes++;
    if (s_order == POWER && s_writes_left-- <= 0) lose_power();

    struct undo *write = calloc(1, sizeof *write);
    write->offset = offset;
    write->length_before = now.st_size;
    if (offset < now.st_size)
    {
        size_t covered = offset + (off64_t)count <= now.st_size ? count : (size_t)(now.st_size - offset);
        write->bytes_before = malloc(covered);
        ssize_t kept = pread64(file->fd, write->bytes_before, covered, offset);
        write->count = kept > 0 ? (size_t)kept : 0;
    }

    write->older = file->unsynced;
    file->unsynced = write;
    return 0;
}

/* What is synced can no longer be lost. Call with the lock held. */
static void after_sync(int fd)
{
    struct watched *file = find_file(fd);
    if (!file) return;
    s_syncs++;
    while (file->unsynced)
    {
        struct undo *write = file->unsynced;
        file->unsynced = write->older;
        free(write->bytes_before);
        free(write);
    }
}

static ssize_t fail(int error)
{
    pthread_mutex_unlock(&s_lock);
    errno = error;
    return -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
    find_real();
    pthread_mutex_lock(&s_lock);
    int error = before_write(fd, offset, count);
    if (error) return fail(error);
    ssize_t done = real_pwrite(fd, bytes, count, offset);
    error = errno;
    pthread_mutex_unlock(&s_lock);
    errno = error;
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    return pwrite64(fd, bytes, count, offset);
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    find_real();
    struct stat64 now;
    if (!s_prefix || fd < 3 || fstat64(fd, &now) != 0 || !S_ISREG(now.st_mode)) return real_write(fd, bytes, count);
    pthread_mutex_lock(&s_lock);
    int error = before_write(fd, lseek64(fd, 0, SEEK_CUR), count);
    if (error) return fail(error);
    ssize_t done = real_write(fd, bytes, count);
    error = errno;
    pthread_mutex_unlock(&s_lock);
    errno = error;
    return done;
}

int ftruncate64(int fd, off64_t length)
{
    find_real();
    pthread_mutex_lock(&s_lock);
    struct stat64 now;
    int known = fstat64(fd, &now) == 0;
    off64_t from = known && now.st_size > length ? length : now.st_size;
    int error = known ? before_write(fd, from, (size_t)(now.st_size - from)) : 0;
    if (error) return (int)fail(error);
    int done = real_truncate(fd, length);
    error = errno;
    pthread_mutex_unlock(&s_lock);
    errno = error;
    return done;
}

int ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

static int sync_with(int (*real)(int), int fd)
{
    pthread_mutex_lock(&s_lock);
    if (s_order == EIO_ALWAYS && find_file(fd)) return (int)fail(EIO);
    int done = real(fd);
    int error = errno;
    if (done == 0) after_sync(fd);
    pthread_mutex_unlock(&s_lock);
    errno = error;
    return done;
}

int fsync(int fd)
{
    find_real();
    return sync_with(real_fsync, fd);
}

int fdatasync(int fd)
{
    find_real();
    return sync_with(real_fdatasync, fd);
}

/* Asked before everything is found, it asks the kernel itself. */
int clock_gettime(clockid_t which, struct timespec *now)
{
    int done = real_clock ? real_clock(which, now) : (int)syscall(SYS_clock_gettime, which, now);
    if (done == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) now->tv_sec += s_ahead;
    return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    (void)zone;
    struct timespec exact;
    int done = clock_gettime(CLOCK_REALTIME, &exact);
    if (done != 0 || !now) return done;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

static void obey(const char *text)
{
    pthread_mutex_lock(&s_lock);
    long writes = 0, ahead = 0;
    s_ahead = sscanf(text, "clock %ld", &ahead) == 1 ? ahead : 0;
    if (sscanf(text, "power %ld", &writes) == 1)
    {
        if (s_order != POWER) s_writes_left = writes;
        s_order = POWER;
    }
    else if (strncmp(text, "eio", 3) == 0) s_order = EIO_ALWAYS;
    else if (strncmp(text, "enospc", 6) == 0) s_order = DISK_FULL;
    else s_order = HEALTHY;
    pthread_mutex_unlock(&s_lock);
}

static void *read_orders(void *unused)
{
    (void)unused;
    for (;;)
    {
        char text[64] = "";
        int fd = open(s_orders, O_RDONLY | O_CLOEXEC);
        if (fd >= 0)
        {
            ssize_t length = read(fd, text, sizeof text - 1);
            text[length > 0 ? length : 0] = 0;
            close(fd);
        }

        obey(text);
        usleep(2000);
    }

    return NULL;
}

__attribute__((constructor)) static void begin(void)
{
    find_real();
    s_prefix = getenv("NEMESIS_FILES");
    s_orders = getenv("NEMESIS_ORDERS");
    if (!s_prefix || !s_orders) return;
    pthread_t reader;
    pthread_create(&reader, NULL, read_orders, NULL);
}
