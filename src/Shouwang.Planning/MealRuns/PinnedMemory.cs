using System.Runtime.CompilerServices;

namespace Shouwang.Planning.MealRuns;

/// <summary>Arrays that never move, so that search kernels may read them through pointers. They live as long as this object. 固定内存</summary>
internal sealed unsafe class PinnedMemory
{
    private readonly List<Array> _arrays = [];

    /// <summary>So many zeros.</summary>
    public int* Ints(int count) => Make<int>(count);

    /// <summary>So many default values.</summary>
    public T* Make<T>(int count)
        where T : unmanaged
    {
        var array = GC.AllocateArray<T>(Math.Max(count, 1), pinned: true);
        _arrays.Add(array);
        return (T*)Unsafe.AsPointer(ref array[0]);
    }

    /// <summary>A copy of the values.</summary>
    public int* Copy(int[] values)
    {
        var pointer = Ints(values.Length);
        values.AsSpan().CopyTo(new Span<int>(pointer, values.Length));
        return pointer;
    }
}
